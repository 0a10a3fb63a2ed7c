// A sender that does not keep to the protocol, and a process that has no room.
#include "door.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab;

namespace {

// From now on this process may open so many descriptors more, until the second call.
void leaves_room_for(int more)
{
    const int next = ::dup(0);
    ::close(next);
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = static_cast<rlim_t>(next + more);
    EXPECT_EQ(0, ::setrlimit(RLIMIT_NOFILE, &limit));
}

void greets(const kata::UniqueFd& client) { ::send(client.get(), "hello", 5, MSG_NOSIGNAL); }

} // namespace

TEST(Hostile, ClosesWhatItDidNotAskFor)
{
    Learner you{{.rule = "all descriptors that come are yours: close them all when you wanted one.",
                 .why = "CMSG_SPACE(sizeof(int)) has room for two, and a sender may send 253 at once. Who reads only the first "
                        "leaks the others, message by message, until accept() says EMFILE.",
                 .read = "man 7 unix, SCM_RIGHTS; man 3 cmsg, CMSG_SPACE; man 2 recv, MSG_CTRUNC",
                 .ask = "Q102, Q106"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    you.run([&] {
        for (const char* how_many : {"two", "three", "a hundred"}) {
            const std::string came = error_of([&] { takes(you.fd()); });
            expects(came == "EBADMSG", std::string{"EBADMSG for a message with "} + how_many + " descriptors", came);
            expects_closed(4, "after that");
        }
        greets(takes(you.fd(), 'c'));
    });
    const int fd = bob.end.get();
    ann.passes("2", {fd, fd});
    ann.passes("3", {fd, fd, fd});
    ann.passes("h", std::vector<int>(100, fd));
    ann.passes("c", {fd});
    bob.end.reset();
    bob.peer.expects("hello");
    bob.peer.expects_end();
    you.finishes();
}

TEST(Robust, ClosesTheProcessThatComesAlong)
{
    constexpr int so_passpidfd = 76, on = 1; // older headers lack it
    const kata::UniqueFd trial = kata::open_socket(AF_UNIX, SOCK_STREAM);
    if (::setsockopt(trial.get(), SOL_SOCKET, so_passpidfd, &on, sizeof on) != 0)
        GTEST_SKIP() << "this kernel has no SO_PASSPIDFD (Linux 6.5)";
    Learner you{
        {.rule = "a descriptor may come in a message of another kind: it is not the one that was passed, and it is closed.",
         .why = "The caller has switched on SO_PASSCRED and SO_PASSPIDFD: with each byte the kernel tells who sent it, and "
                "opens a pidfd of that process. It needs room as well: without, MSG_CTRUNC.",
         .read = "man 2 pidfd_open, NOTES; man 7 unix, \"Ancillary messages\"; man 3 cmsg, DESCRIPTION",
         .ask = "Q102, Q106"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    you.may_change("SO_PASSCRED"); // by the test
    you.run([&] {
        for (const int option : {SO_PASSCRED, so_passpidfd})
            EXPECT_EQ(0, ::setsockopt(you.fd(), SOL_SOCKET, option, &on, sizeof on));
        greets(takes(you.fd(), 'c'));
        for (const int number : {4, 5}) // in which order they are installed is the kernel's matter
            expects_closed(number, "after that: neither what was passed nor the pidfd is open");
        for (const char* what : {"without a descriptor", "with two"}) { // the pidfd comes all the same
            expects_error(EBADMSG, [&] { takes(you.fd()); });
            for (const int number : {4, 5, 6})
                expects_closed(number, std::string{"after a message "} + what);
        }
    });
    ann.passes("c", {bob.end.get()});
    ann.sends("0");
    ann.passes("2", {bob.end.get(), bob.end.get()});
    bob.end.reset();
    bob.peer.expects("hello");
    you.finishes();
}

TEST(Hostile, NoticesWhatTheKernelThrewAway)
{
    Learner you{{.rule = "MSG_CTRUNC says that descriptors were lost: what came is not what was sent.",
                 .why = "The sender passed two, and this process may open only one more: the kernel installed that and threw the "
                        "other away. One came, and it is the wrong message all the same.",
                 .read = "man 2 recv, MSG_CTRUNC; man 7 unix, SCM_RIGHTS",
                 .ask = "Q102, Q106, Q21"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    you.run([&] {
        wait_for_the_test(); // or a call that waits could be the first to see the limit
        leaves_room_for(1);
        expects_error(EBADMSG, [&] { takes(you.fd()); });
        leaves_room_for(0);
        expects_error(EBADMSG, [&] { takes(you.fd()); });
        leaves_room_for(9);
        greets(takes(you.fd(), 'c'));
    });
    ASSERT_TRUE(you.paused());
    ann.passes("2", {bob.end.get(), bob.end.get()});
    ann.passes("1", {bob.end.get()});
    ann.passes("c", {bob.end.get()});
    bob.end.reset();
    you.resume();
    bob.peer.expects("hello");
    you.finishes();
}

TEST(Hostile, TellsABreakFromTheEnd)
{
    Learner you{{.rule = "ECONNRESET is an error, and no end of the stream.",
                 .why =
                     "The peer has closed its end with bytes in it that you sent, and nobody read. An end would say that all is "
                     "well.",
                 .read = "man 2 recv, ERRORS; man 7 unix",
                 .ask = "Q106, Q38"}};
    Peer ann = you.unix_wire("ann");
    you.run([&] {
        ::send(you.fd(), "are you there?", 14, MSG_NOSIGNAL);
        expects_error(ECONNRESET, [&] { takes(you.fd()); });
        expects_open(you.fd(), "after the break");
    });
    you.settles();
    ann.closes();
    you.finishes();
}

TEST(Hostile, TakesNoByteForADescriptor)
{
    Learner you{{.rule = "a byte that brings no descriptor is an error of the sender, not a descriptor.",
                 .why = "CMSG_FIRSTHDR() is a null pointer then. Who looks into the buffer all the same finds what an earlier "
                        "message left there, or the number of somebody else's file.",
                 .read = "man 3 cmsg, CMSG_FIRSTHDR; man 2 recv, msg_controllen",
                 .ask = "Q102, Q106"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    you.run([&] {
        greets(takes(you.fd(), 'c'));
        expects_error(EBADMSG, [&] { takes(you.fd()); });
        expects_error(EBADMSG, [&] { takes(you.fd()); });
        expects_open(you.fd(), "after two bytes without a descriptor");
        greets(takes(you.fd(), 'd'));
    });
    ann.passes("c", {bob.end.get()});
    ann.sends("45");
    ann.passes("d", {bob.end.get()});
    bob.end.reset();
    bob.peer.expects("hellohello");
    you.finishes();
}
