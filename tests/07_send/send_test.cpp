#include "sending.h"

#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/mman.h>

using namespace lab;

namespace {

bool is_nonblocking(int fd) { return (::fcntl(fd, F_GETFL) & O_NONBLOCK) != 0; }

// A caller collects what it sends, for full segments.
bool stays_corked(int fd)
{
    int cork = 1;
    socklen_t size = sizeof cork;
    ::setsockopt(fd, IPPROTO_TCP, TCP_CORK, &cork, size);
    sends_all(fd, bytes(", and more"));
    ::getsockopt(fd, IPPROTO_TCP, TCP_CORK, &cork, &size);
    const int off = 0;
    ::setsockopt(fd, IPPROTO_TCP, TCP_CORK, &off, sizeof off);
    return cork == 1;
}

bool sigpipe_still_kills()
{
    struct sigaction action {};
    sigset_t blocked{};
    ::sigaction(SIGPIPE, nullptr, &action);
    ::pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
    return action.sa_handler == SIG_DFL && ::sigismember(&blocked, SIGPIPE) == 0;
}

} // namespace

TEST(Works, DeliversOneMessageAfterAnother)
{
    Learner you{{.rule = "the bytes of the message go out, nothing else does, and the connection lives on.",
                 .why = "Who sends does not decide when the conversation is over: the next message needs the same socket.",
                 .read = "man 2 send, DESCRIPTION",
                 .ask = "Q28"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        sends_all(you.fd(), bytes("ping"));
        wait_for_the_test();
        sends_all(you.fd(), bytes("pong"));
    });
    ann.expects("ping");
    ann.expects_silence();
    you.resume();
    ann.expects("pong");
    ann.expects_end(); // of your process, and nothing before it
    you.finishes();
}

TEST(Works, KeepsEveryByte)
{
    using namespace std::string_view_literals;
    Learner you{{.rule = "bytes are bytes: the span says how many there are.",
                 .why = "strlen() stops at the first zero, and sizeof measures the span object, or an array of your own.",
                 .read = "man 2 send, DESCRIPTION",
                 .ask = "Q28, Q34"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        sends_all(you.fd(), bytes(pattern(much)));
        sends_all(you.fd(), bytes("a\0b\0\xff\r\n"sv));
    });
    ann.expects_size(much);
    ann.expects("a\0b\0\xff\r\n"sv);
    ann.expects_end();
    you.finishes();
}

TEST(Works, HasNothingToDoForAnEmptyMessage)
{
    Learner you{{.rule = "no bytes to send are all sent: return.",
                 .why = "send() of no bytes gives 0. From send(), 0 is no error and never means \"closed\".",
                 .read = "man 2 send, RETURN VALUE",
                 .ask = "Q32"}};
    Peer ann = you.wire("ann");
    you.run([&] { sends_all(you.fd(), {}); });
    you.finishes();
    ann.expects_end();
}

TEST(Robust, FinishesWhatTheKernelLeftOver)
{
    Learner you{{.rule = "a stream socket may take fewer bytes than you offer; the rest is yours to send.",
                 .why = "send() told you how many bytes the kernel took. Without a loop the rest is lost under load.",
                 .read = "man 2 write, RETURN VALUE; man 2 send",
                 .ask = "Q28, Q29"}};
    Peer ann = you.wire("ann");
    you.every(Family::writing).moves_at_most(3);
    you.run([&] {
        sends_all(you.fd(), bytes("hello, slow and steady world"));
        sends_all(you.fd(), bytes(pattern(3500))); // as often as it takes
    });
    ann.expects("hello, slow and steady world");
    ann.expects_size(3500);
    ann.expects_end();
    you.finishes();
}

TEST(Robust, LeavesTheSocketAndTheProcessAlone)
{
    Learner you{{.rule = "what belongs to the caller stays as it was: the socket's mode and options, and what a signal does.",
                 .why = "O_NONBLOCK is shared by everybody who holds this socket; the action of SIGPIPE by the whole process.",
                 .read = "man 2 send, MSG_DONTWAIT and MSG_NOSIGNAL; man 2 fcntl, F_SETFL",
                 .ask = "Q31"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob", {.nonblocking = true});
    you.run([&] {
        sends_all(you.fd(0), bytes("blocking"));
        sends_all(you.fd(1), bytes("non-blocking"));
        EXPECT_TRUE(stays_corked(you.fd(0))) << "you left TCP_CORK off: the caller had set it, and had more to send";
        EXPECT_TRUE(!is_nonblocking(you.fd(0))) << "you left a blocking socket non-blocking";
        EXPECT_TRUE(is_nonblocking(you.fd(1))) << "you left a non-blocking socket blocking";
        EXPECT_TRUE(sigpipe_still_kills()) << "you changed what SIGPIPE does, for the whole program";
    });
    ann.expects("blocking, and more");
    bob.expects("non-blocking");
    you.finishes();
}

TEST(Hostile, SurvivesAPeerThatLeaves)
{
    Learner you{{.rule = "a peer that has closed is an exception with EPIPE or ECONNRESET; the process lives on.",
                 .why = "The first send() still succeeds, and its reply is a reset. The next raises SIGPIPE, which kills.",
                 .read = "man 2 send, MSG_NOSIGNAL and EPIPE",
                 .ask = "Q31, Q61"}};
    Peer ann = you.wire("ann");
    you.nth(Family::writing, 1).pauses();
    you.every(Family::writing).is_delayed(1ms); // the reset is the kernel's answer to your first send: give it time to come
    you.every(Family::writing).moves_at_most(4);
    you.run([&] { must_fail(you.fd(), bytes(pattern(1000))); });
    ASSERT_TRUE(you.paused());
    ann.closes();
    you.resume();
    you.finishes();
    for (const CallRecord& c : you.calls())
        EXPECT_TRUE(c.call != Call::close || c.fd != you.fd())
            << "you closed the caller's socket: the caller will close it again";
}

TEST(Hostile, WakesUpWhenThePeerResets)
{
    Learner you{{.rule = "a connection can die while you wait for room: then throw what killed it.",
                 .why = "poll() reports POLLERR unasked. The reason is in the next send() or SO_ERROR, not in an old errno.",
                 .read = "man 2 poll, POLLERR and POLLHUP; man 7 socket, SO_ERROR",
                 .ask = "Q31, Q42"}};
    Peer ann = you.wire("ann", nonblocking);
    you.run([&] {
        must_fail(you.fd(), bytes(pattern(much)), ECONNRESET);
        must_fail(you.fd(), bytes("more"), EPIPE); // it was told once
    });
    EXPECT_EQ(1000u, ann.receives(1000).size()) << "bytes that came to ann before she resets";
    ann.resets();
    you.finishes();
}

TEST(Hostile, CountsBeyondFourGigabytes)
{
    Learner you{{.rule = "a length is a std::size_t: it does not fit into an int.",
                 .why = "4 GiB + 16 bytes are 16 in 32 bits. One send() moves 2 GiB at most: the loop does the rest.",
                 .read = "man 2 write, NOTES",
                 .ask = "Q28, Q29"}};
    Peer ann = you.wire("ann", blocking);
    you.run([&] {
        constexpr std::size_t size = (std::size_t{1} << 32) + 16; // pages of zeros that nobody wrote: they cost no memory
        void* zeros = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        ASSERT_NE(MAP_FAILED, zeros);
        must_fail(you.fd(), {static_cast<const std::byte*>(zeros), size});
        ::munmap(zeros, size);
    });
    EXPECT_EQ(20'000u, ann.receives(20'000).size()) << "of 4 GiB + 16 bytes";
    ann.resets(); // enough
    you.finishes();
}
