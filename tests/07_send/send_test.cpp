#include "07_send/send.h"

#include "lab/lab.h"

#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <system_error>

using namespace lab;

namespace {

// More than these buffers hold, so that the sender meets a full one again and again.
constexpr std::size_t much = 200'000;
constexpr WireOptions blocking{.learner_send_buffer = 16384, .peer_receive_buffer = 16384};
constexpr WireOptions nonblocking{.learner_send_buffer = 16384, .peer_receive_buffer = 16384, .nonblocking = true};

// For a peer that goes away in the middle.
void must_fail(int fd, std::span<const std::byte> message)
{
    try {
        kata::send_all(fd, message);
        ADD_FAILURE() << "send_all returned, as if ann had not gone";
    } catch (const std::system_error& e) {
        if (e.code() != std::errc::broken_pipe && e.code() != std::errc::connection_reset)
            ADD_FAILURE() << "the reason is EPIPE or ECONNRESET; send_all threw: " << e.what();
    }
}

bool is_nonblocking(int fd) { return (::fcntl(fd, F_GETFL) & O_NONBLOCK) != 0; }

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
        char go = 0;
        kata::send_all(you.fd(), bytes("ping"));
        EXPECT_TRUE(::recv(you.fd(), &go, 1, 0) == 1) << "after the message the socket cannot be used any more";
        kata::send_all(you.fd(), bytes("pong"));
    });
    ann.expects("ping");
    ann.expects_silence();
    ann.sends(".");
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
        kata::send_all(you.fd(), bytes(pattern(much)));
        kata::send_all(you.fd(), bytes("a\0b\0\xff\r\n"sv));
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
    you.run([&] { kata::send_all(you.fd(), {}); });
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
    you.run([&] { kata::send_all(you.fd(), bytes("hello, slow and steady world")); });
    ann.expects("hello, slow and steady world");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, CarriesOnAfterSignals)
{
    Learner you{{.rule = "EINTR is no failure: a signal came, nothing was done, call again, as often as it takes.",
                 .why = "Any call that can sleep can end so: send(), and the call that waits for room.",
                 .read = "man 7 signal, \"Interruption of system calls...\"",
                 .ask = "Q29, Q88"}};
    you.first(Family::writing, 3).fails(EINTR);
    you.first(Family::waiting, 3).fails(EINTR);
    Peer ann = you.wire("ann", nonblocking);
    you.run([&] { kata::send_all(you.fd(), bytes(pattern(much))); });
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
    you.run([&] { kata::send_all(you.fd(), bytes(pattern(much))); });
    you.gets_signal(SIGUSR1); // it has a handler, and your send() sleeps in a full buffer
    you.gets_signal(SIGUSR1);
    ann.expects_size(much);
    you.finishes();
}

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
        kata::send_all(you.fd(), bytes(pattern(much)));
        EXPECT_EQ(15, ::recv(you.fd(), question, sizeof question, 0)); // left unread, it would cost ann the end of the bytes
    });
    ann.sends("are you asleep?"); // bytes to read are no room to write
    you.settles();
    ann.expects_size(much);
    you.finishes();
    EXPECT_TRUE(you.count(Family::sleeping) == 0) << "you slept for a fixed time and then looked again: wait for the event";
}

TEST(Robust, LeavesTheSocketAndTheProcessAlone)
{
    Learner you{{.rule = "what belongs to the caller stays as it was: the socket's mode, and what a signal does.",
                 .why = "O_NONBLOCK is shared by everybody who holds this socket; the action of SIGPIPE by the whole process.",
                 .read = "man 2 send, MSG_DONTWAIT and MSG_NOSIGNAL; man 2 fcntl, F_SETFL",
                 .ask = "Q31"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob", {.nonblocking = true});
    you.run([&] {
        kata::send_all(you.fd(0), bytes("blocking"));
        kata::send_all(you.fd(1), bytes("non-blocking"));
        EXPECT_TRUE(!is_nonblocking(you.fd(0))) << "you left a blocking socket non-blocking";
        EXPECT_TRUE(is_nonblocking(you.fd(1))) << "you left a non-blocking socket blocking";
        EXPECT_TRUE(sigpipe_still_kills()) << "you changed what SIGPIPE does, for the whole program";
    });
    ann.expects("blocking");
    bob.expects("non-blocking");
    you.finishes();
}

TEST(Robust, CountsBeyondFourGigabytes)
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
    you.run([&] { must_fail(you.fd(), bytes(pattern(much))); });
    EXPECT_EQ(1000u, ann.receives(1000).size()) << "bytes that came to ann before she resets";
    ann.resets();
    you.finishes();
}

TEST(Hostile, ServesAPeerThatHasFinishedWriting)
{
    Learner you{{.rule = "the end of the peer's stream does not end yours: it may still be reading.",
                 .why = "A FIN says \"I send no more\". POLLRDHUP and recv() == 0 tell the same, and nothing about reading.",
                 .read = "man 2 shutdown; man 2 poll, POLLRDHUP; RFC 9293 section 3.6",
                 .ask = "Q40, Q61"}};
    Peer ann = you.wire("ann", nonblocking);
    you.run([&] {
        kata::send_all(you.fd(), bytes(pattern(much)));
        kata::send_all(you.fd(), bytes("the end"));
    });
    ann.finishes_writing();
    you.settles();
    ann.expects_size(much);
    ann.expects("the end");
    you.finishes();
}
