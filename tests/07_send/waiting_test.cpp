#include "sending.h"

#include <csignal>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <thread>

using namespace lab;

TEST(Robust, SleepsUntilThereIsRoom)
{
    Learner you{
        {.rule = "EAGAIN means \"not now\": sleep until the socket takes bytes again, and only for that.",
         .why = "The buffer is full. Asking at once burns the CPU, pauses waste time; poll() wakes you when there is room.",
         .read = "man 2 poll, POLLOUT; man 2 send, EAGAIN",
         .ask = "Q29, Q30"}};
    Peer ann = you.wire("ann", nonblocking);
    you.run([&] {
        char question[32];
        sends_all(you.fd(), bytes(pattern(much)));
        EXPECT_EQ(15, ::recv(you.fd(), question, sizeof question, 0)); // left unread, it would cost ann the end of the bytes
    });
    ann.sends_urgently('!');      // poll() calls this POLLPRI, and select() "exceptional": no room, and no error
    ann.sends("are you asleep?"); // bytes to read are no room to write
    you.settles();
    ann.expects_size(much);
    you.finishes();
    expects(you.took() == 0ms, "awake at once when there is room",
            "you slept for a fixed time and then looked again: " + std::to_string(you.took().count()) + " ms too late");
}

TEST(Robust, CarriesOnAfterSignals)
{
    Learner you{{.rule = "EINTR is no failure: a signal came, nothing was done, call again, as often as it takes.",
                 .why = "Any call that can sleep can end so: send(), and the call that waits for room.",
                 .read = "man 7 signal, \"Interruption of system calls...\"",
                 .ask = "Q29, Q88"},
                {.idle_calls = 0}};
    you.first(Family::writing, 1100).fails(EINTR); // a timer of one millisecond does that in a second
    you.first(Family::waiting, 12).fails(EINTR);
    Peer ann = you.wire("ann", nonblocking);
    you.run([&] { sends_all(you.fd(), bytes(pattern(much))); });
    you.settles(); // asleep: the buffers are full
    ann.expects_size(much);
    you.finishes();
}

TEST(Robust, CountsWhatWentOutBeforeASignal)
{
    Learner you{{.rule = "a signal in the middle of a send() gives a short count, not EINTR: go on behind it.",
                 .why = "Even a blocking send() may take less: interrupted after some bytes, it returns their number.",
                 .read = "man 2 write, RETURN VALUE; man 7 signal",
                 .ask = "Q29, Q30"}};
    Peer ann = you.wire("ann", blocking);
    you.nth(Family::writing, 1).moves_at_most(5000);
    you.nth(Family::writing, 2).fails(EINTR); // nothing was done in this one: the 5000 bytes are not taken back
    you.run([&] { sends_all(you.fd(), bytes(pattern(much))); });
    you.gets_signal(SIGUSR1); // it has a handler, and your send() sleeps in a full buffer
    you.gets_signal(SIGUSR1);
    ann.expects_size(much);
    you.finishes();
}

TEST(Robust, WaitsAsLongAsThePeerTakes)
{
    constexpr Lesson lesson{.rule = "a slow peer is no error, and has all the time that it needs.",
                            .why =
                                "With SO_SNDTIMEO a blocking send() says EAGAIN, too: the buffer is full, and no more than that.",
                            .read = "man 7 socket, SO_SNDTIMEO; man 2 send, EAGAIN",
                            .ask = "Q29, Q30"};
    for (const WireOptions& options : {nonblocking, blocking}) {
        Learner you{lesson};
        Peer ann = you.wire("ann", options);
        you.may_change("SO_SNDTIMEO"); // the test does
        you.run([&] {
            const timeval soon{0, 10'000};
            if (!options.nonblocking)
                ::setsockopt(you.fd(), SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
            sends_all(you.fd(), bytes(pattern(much)));
        });
        you.time_passes(options.nonblocking ? 3600s : 1s);
        if (options.nonblocking && you.waits_in_vain() == 0) // it sleeps for good: or for INT_MAX milliseconds?
            you.time_passes(25 * 24h);
        ann.expects_size(much);
        you.finishes();
    }
}

TEST(Robust, NeedsNoDescriptorToWait)
{
    if (!can_open_nothing_more())
        GTEST_SKIP() << "this kernel has no seccomp filters";
    Learner you{{.rule = "to wait for room you need no other descriptor than the one that you were given.",
                 .why = "An epoll for each wait is one more. A busy server has none left: the answer breaks off in the middle, "
                        "with EMFILE, though nothing is wrong with the connection.",
                 .read = "man 2 epoll_create, EMFILE; man 2 poll",
                 .ask = "Q29, Q70"}};
    Peer ann = you.wire("ann", nonblocking);
    you.run([&] {
        std::thread{[&] { // the kernel refuses to this thread only
            expects(opens_nothing_more(EMFILE), "a kernel that refuses", "one that does not");
            const std::string error = error_of([&] { kata::send_all(you.fd(), bytes(pattern(much))); });
            expects(error == "no error", "all is sent at the limit of descriptors, too", error);
        }}
            .join();
    });
    you.settles(); // asleep: the buffers are full
    ann.receives(much);
    you.finishes();
}

TEST(Robust, SaysSoWhenNoWaitIsPossible)
{
    Learner you{{.rule = "of the errors of a wait only EINTR is worth another try: any other is an exception, at once.",
                 .why = "ENOMEM lasts. Who asks send() again finds the same full buffer, and is in a busy loop.",
                 .read = "man 2 poll, ENOMEM and EINTR",
                 .ask = "Q29, Q30"}};
    Peer ann = you.wire("ann", nonblocking);
    you.every(Family::waiting).fails(ENOMEM);
    you.run([&] {
        const std::string error = error_of([&] { kata::send_all(you.fd(), bytes(pattern(much))); });
        expects(error == "ENOMEM" || error == "no error", "ENOMEM, or all is sent where no such call is made", error);
    });
    you.settles();
    ann.receives(much);
    you.finishes();
}

// A Unix socket counts the bytes themselves, so that the same number of them fills it each time.
TEST(Robust, ReturnsWhenTheKernelHasAll)
{
    Learner you{{.rule = "return when the kernel has all bytes: for the next ones there need not be room.",
                 .why = "Who waits for room after the last byte waits for the peer to read, and that may be never.",
                 .read = "man 2 poll, POLLOUT; man 2 write, RETURN VALUE",
                 .ask = "Q29, Q30"}};
    Peer ann = you.unix_wire("ann", nonblocking), bob = you.unix_wire("bob", nonblocking);
    you.run([&] {
        const auto has_room = [](int fd) {
            pollfd room{fd, POLLOUT, 0};
            return ::poll(&room, 1, 0) == 1;
        };
        int most = 0; // so many bytes, one by one, and there is no room
        while (has_room(you.fd(1)) && ::send(you.fd(1), ".", 1, MSG_NOSIGNAL) == 1)
            ++most;
        for (int i = 1; i < most; ++i)
            ::send(you.fd(0), ".", 1, MSG_NOSIGNAL);
        sends_all(you.fd(0), bytes("!"));
        EXPECT_FALSE(has_room(you.fd(0))) << "the test did not fill the socket";
        sends_all(you.fd(0), {});
    });
    you.finishes();
}

TEST(Robust, ServesAnyStreamSocket)
{
    Learner you{{.rule = "a stream socket need not be TCP.",
                 .why = "A socket of the Unix domain is a stream, too. What tcp(7) offers fails there: EOPNOTSUPP.",
                 .read = "man 7 unix, DESCRIPTION; man 7 tcp, \"Socket options\"",
                 .ask = "Q28"}};
    Peer ann = you.unix_wire("ann", nonblocking), bob = you.unix_wire("bob", nonblocking);
    you.run([&] {
        sends_all(you.fd(0), bytes(pattern(much)));
        wait_for_the_test();
        must_fail(you.fd(1), bytes("too late"));
    });
    you.settles();
    ann.expects_size(much);
    ASSERT_TRUE(you.paused());
    bob.closes(); // SIGPIPE comes here, too
    you.resume();
    ann.expects_end();
    you.finishes();
}

TEST(Hostile, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is an exception, and nothing of yours stays open.",
                            .why = "What is tidied up on the way out has an errno of its own: keep the first one.",
                            .read = "man 3 errno, NOTES; man 2 send, ENOBUFS; man 2 poll, ENOMEM",
                            .ask = "Q29, Q31"};
    constexpr std::size_t message = 100'000; // still more than the buffers hold
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann", nonblocking), bob = you.wire("bob");
        you.run([&] {
            const bool done = told_or_done([&] { kata::send_all(you.fd(0), bytes(pattern(message))); });
            ::send(you.fd(1), done ? "yes" : "no.", 3, MSG_NOSIGNAL);
        });
        you.settles(); // asleep: the buffers are full
        const std::string came = ann.receives(message);
        const std::size_t least = bob.receives(3) == "yes" ? message : 0;
        EXPECT_TRUE(came.size() >= least && came == pattern(came.size()))
            << "ann got " << came.size() << " of 100000 bytes, or other ones";
        you.finishes();
    });
}
