// connect_any(): how long an attempt takes, and what a signal does to it.
#include "09_connect/script.h"

#include <csignal>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/syscall.h>
#include <vector>

using namespace lab;
using script::connect_any, script::reaches;

namespace {

int bell;

void rings(int) { lab::kernel(SYS_write, bell, "!", 1); } // a handler of the caller

} // namespace

TEST(Robust, TriesEachAddressOnce)
{
    constexpr Lesson lesson{
        .rule = "one attempt for each address: when it has failed, whatever the reason, the next address is tried.",
        .why = "After ETIMEDOUT the kernel has sent its SYN for two minutes; the same again is two minutes more. And who was "
               "reached by the first attempt would see you twice.",
        .read = "man 2 connect, ERRORS",
        .ask = "Q25, Q81"};
    for (const int error : {ETIMEDOUT, EADDRNOTAVAIL, ENETUNREACH, EHOSTUNREACH, ECONNRESET, EPERM, EACCES}) {
        if (HasFailure())
            return;
        Learner you{lesson};
        Host ann = you.host("ann"), bob = you.host("bob");
        you.nth(Family::connecting, 1).fails(error);
        you.run([&] { reaches({&ann, &bob}); });
        bob.accepts().sends("hello");
        ann.expects_nobody();
        you.finishes();
    }
    for (const int error : {ECONNREFUSED, ETIMEDOUT, EADDRNOTAVAIL}) { // the last one, too
        if (HasFailure())
            return;
        Learner you{lesson};
        Host ann = you.host("ann"), bob = you.host("bob");
        you.first(Family::connecting, 2).fails(error);
        you.run([&] { expects_error(error, [&] { connect_any({&ann, &bob}); }); });
        you.finishes();
        ann.expects_nobody();
        bob.expects_nobody();
    }
}

TEST(Robust, GoesOnWithTheAttemptAfterASignal)
{
    Learner you{{.rule = "a signal ends your wait, not the attempt: wait for its end, and do not begin a second one.",
                 .why = "After EINTR the kernel goes on with the handshake. poll() for POLLOUT says when it is over. A second "
                        "attempt is a second connection, which the server takes for a second client.",
                 .read = "man 2 connect, EINPROGRESS; POSIX connect(), DESCRIPTION",
                 .ask = "Q27, Q88"},
                {.deadline = 30s, .cpu = 10s, .stack_kib = 1024, .idle_calls = 0}}; // it has no frame for each signal
    Host ann = you.host("ann"), bob = you.host("bob");
    you.nth(Family::connecting, 1).fails(EINTR);
    you.first(Family::waiting, 20'000).fails(EINTR);
    you.run([&] { reaches({&ann, &bob}); });
    ann.accepts().sends("hello");
    ann.expects_nobody();
    bob.expects_nobody();
    you.finishes();
}

TEST(Robust, AsksHowAnInterruptedAttemptEnded)
{
    Learner you{{.rule = "writable means that the attempt is over, not that it succeeded: SO_ERROR tells.",
                 .why =
                     "poll() reports POLLOUT, POLLERR and POLLHUP for a refused attempt. SO_ERROR holds the reason, and reading "
                     "it clears it.",
                 .read = "man 2 connect, EINPROGRESS; man 7 socket, SO_ERROR",
                 .ask = "Q26, Q27"}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    you.first(Family::connecting, 2).fails(EINTR);
    you.run([&] {
        EXPECT_EQ("ECONNREFUSED", error_of([&] { connect_any({&shut}); }));
        reaches({&shut, &ann});
    });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, TakesNoAnswerForNoSuccess)
{
    Learner you{{.rule = "an attempt is a good one when the kernel says so, and not when the question could not be answered.",
                 .why = "A getsockopt() that fails leaves your variable as it was. The 0 in it is yours, and nobody was reached.",
                 .read = "man 2 getsockopt, RETURN VALUE; man 7 socket, SO_ERROR",
                 .ask = "Q26, Q27"}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    you.nth(Family::connecting, 1).fails(EINTR);
    you.nth(Call::getsockopt, 1).fails(ENOBUFS);
    you.run([&] { reaches({&shut, &ann}); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, WaitsOnADescriptorAbove1023)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "the lowest free descriptor may lie above 1023, and the wait after a signal takes it like any other.",
                 .why = "An fd_set of select() has 1024 bits. FD_SET of 1100 writes behind it, into whatever stands there.",
                 .read = "man 2 select, BUGS; man 2 poll",
                 .ask = "Q27, Q70"},
                {.descriptors = 2048}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    you.first(Family::connecting, 2).fails(EINTR);
    you.run([&] {
        std::vector<kata::UniqueFd> taken;
        for (int i = 0; i < 1100; ++i)
            taken.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        reaches({&shut, &ann});
    });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Hostile, DoesNotWaitForTheProgramBehindThePort)
{
    Learner you{{.rule = "you are connected when the other kernel says so; the program there may be busy, and may never speak.",
                 .why = "listen() is enough for a handshake. accept() only takes what stands in the queue.",
                 .read = "man 2 connect, DESCRIPTION; man 2 listen, NOTES",
                 .ask = "Q19, Q23"}};
    Host ann = you.host("ann"); // listens, and never accepts
    you.run([&] { connect_any({&ann}); });
    you.finishes();
    for (const CallRecord& call : you.calls())
        expects(call.call != Call::setsockopt || call.args[0] != IPPROTO_TCP || call.args[1] != TCP_FASTOPEN_CONNECT,
                "a connection that the other kernel has taken",
                "setsockopt(TCP_FASTOPEN_CONNECT): where it knows a cookie, connect() says 0 before anything is sent");
}

TEST(Hostile, WaitsAsLongAsTheKernelDoes)
{
    Learner you{{.rule = "the kernel says when an attempt has failed; a limit that nobody asked for gives up too early.",
                 .why = "A SYN that nobody answers is sent again after 1, 2, 4... seconds. A slow server answers one of these.",
                 .read = "man 7 tcp, tcp_syn_retries; man 7 socket, SO_SNDTIMEO",
                 .ask = "Q24, Q25"}};
    Host mute = you.silent_host("mute");
    you.run([&] { connect_any({&mute}); });
    you.time_passes(10min);
    EXPECT_FALSE(you.is_done()) << "you gave up after less than ten minutes, and the attempt still goes on";
    you.is_killed();
    for (const CallRecord& call : you.calls()) // limits that the kernel keeps by its own clock
        expects(call.call != Call::setsockopt || call.args[0] != IPPROTO_TCP ||
                    (call.args[1] != TCP_SYNCNT && call.args[1] != TCP_USER_TIMEOUT),
                "an attempt as long as any program's",
                "setsockopt(TCP_SYNCNT or TCP_USER_TIMEOUT): the kernel gives up earlier than it would");
}

TEST(Hostile, WaitsThroughManySignals)
{
    Learner you{{.rule = "the attempt is over when the kernel says so, however many signals come before; and their handlers run.",
                 .why =
                     "The other side does not answer, and the kernel sends its SYN again: that takes seconds. A socket that you "
                     "return now is not connected. And who blocks signals meanwhile is deaf to Ctrl-C for two minutes.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 7 tcp, tcp_syn_retries; man 2 sigprocmask",
                 .ask = "Q25, Q27, Q88"}};
    Host mute = you.silent_host("mute");
    Peer bob = you.wire("bob");
    you.run([&] {
        bell = you.fd();
        struct sigaction action {};
        action.sa_handler = rings;
        ::sigaction(SIGUSR2, &action, nullptr);
        connect_any({&mute});
    });
    for (int i = 0; i < 3; ++i) {
        ASSERT_FALSE(you.is_done()) << "you gave up waiting, and the attempt still goes on";
        you.gets_signal(SIGUSR1);
    }
    you.gets_signal(SIGUSR2);
    bob.expects("!");
    you.time_passes(10min);
    EXPECT_FALSE(you.is_done()) << "you gave up waiting, and the attempt still goes on";
    you.is_killed();
}
