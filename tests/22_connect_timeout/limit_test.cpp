// How long it waits. The learner's time is scripted, but for the last test: there the kernel's own timer sends a SYN again.
#include "attempts.h"

#include <algorithm>
#include <climits>
#include <csignal>
#include <cstdint>
#include <unistd.h>
#include <vector>

using namespace lab;

TEST(Robust, TakesAnyLimit)
{
    for (const int limit_ms : {1, an_hour, INT_MAX}) {
        Learner you{
            {.rule = "the limit may be any number of milliseconds that an int can count, and it is met to the millisecond.",
             .why = "In microseconds, 24 days are more than an int has numbers. Rounded down, what is left becomes 0.",
             .read = "man 2 poll, timeout; man 7 socket, SO_SNDTIMEO",
             .ask = "Q59"},
            {.own_time = 25 * 24h}};
        Host mute = you.silent_host("mute");
        you.run([&] { EXPECT_EQ("ETIMEDOUT", outcome(mute, limit_ms)); });
        you.finishes();
        expects_took(you, std::chrono::milliseconds{limit_ms}, "it gives up after " + std::to_string(limit_ms) + " ms");
    }
}

TEST(Robust, DoesNotWaitWithZero)
{
    for (const int limit_ms : {0, -1, INT_MIN}) {
        Learner you{{.rule = "0 milliseconds or less means: look how it stands, and do not wait.",
                     .why =
                         "SO_SNDTIMEO takes 0 for \"for ever\", and poll() any negative number. A caller whose own time is over "
                         "hands you one.",
                     .read = "man 2 poll, timeout; man 7 socket, SO_SNDTIMEO",
                     .ask = "Q55, Q59"},
                    {.own_time = 10s}};
        Host mute = you.silent_host("mute");
        you.run([&] { EXPECT_EQ("ETIMEDOUT", outcome(mute, limit_ms)); });
        you.finishes();
        expects_took(you, 0ms, "it gives up at once");
    }
}

TEST(Robust, LooksOnceWithZero)
{
    for (const int limit_ms : {0, -1})
        for (const bool refuses : {false, true}) {
            Learner you{{.rule = "with 0 milliseconds or less, too, an attempt that has ended by now is told as it ended.",
                         .why = "The answer may be there when connect() returns: a server on the same machine needs no time.",
                         .read = "man 2 poll, timeout; man 7 socket, SO_ERROR",
                         .ask = "Q26, Q59"}};
            Host ann = refuses ? you.refusing_host("ann") : you.host("ann");
            you.nth(Family::waiting, 1).pauses();
            you.run([&] { EXPECT_EQ(refuses ? "ECONNREFUSED" : "no error", outcome(ann, limit_ms)); });
            you.settles(); // the answer has come
            you.resume();
            you.finishes();
        }
}

TEST(Robust, LeavesTheCallersAlarm)
{
    Learner you{{.rule = "the alarm is the caller's: it rings when he has said.",
                 .why = "A process has one ITIMER_REAL. Who sets it for a limit of his own takes it from whoever had it.",
                 .read = "man 2 setitimer; man 2 alarm",
                 .ask = "Q59"},
                {.own_time = 20s}};
    Host mute = you.silent_host("mute");
    you.run([&] {
        ::alarm(3600);
        EXPECT_EQ("ETIMEDOUT", outcome(mute, 10'000));
        const unsigned left = ::alarm(0);
        EXPECT_NE(0u, left) << "the caller's alarm is off";
        EXPECT_TRUE(left == 0 || (left >= 3589 && left <= 3591)) << "10 of its 3600 s are over, and it rings in " << left << " s";
    });
    you.finishes();
}

TEST(Robust, LetsNoBlockedSignalIn)
{
    Learner you{{.rule = "a signal that the caller has blocked waits until he wants it: your sleep does not let it in.",
                 .why = "ppoll() and pselect() sleep with the mask that they are given. An empty one opens what was closed, and "
                        "here SIGTERM ends the process in the middle of the wait.",
                 .read = "man 2 poll, ppoll(); man 7 signal, \"Signal mask and pending signals\"",
                 .ask = "Q59, Q88"}};
    Host mute = you.silent_host("mute");
    you.run([&] { while_a_signal_is_blocked([&] { EXPECT_EQ("ETIMEDOUT", outcome(mute, 200)); }); });
    you.finishes();
}

namespace {

int bell = -1;
void rings(int) { static_cast<void>(::write(bell, "!", 1)); }

} // namespace

TEST(Robust, LeavesSignalsToTheCaller)
{
    Learner you{{.rule = "while you wait, a signal does what the caller wants, and at once: its handler runs.",
                 .why = "ppoll() with a full mask, or sigprocmask() before the wait, keeps every signal out until the limit is "
                        "over: for an hour nobody can end this process but with SIGKILL.",
                 .read = "man 2 poll, ppoll(); man 7 signal, \"Signal mask and pending signals\"",
                 .ask = "Q59, Q88"},
                {.own_time = 10s}};
    Peer bob = you.wire("bob");
    Host mute = you.silent_host("mute");
    you.may_change("SIGUSR2");
    you.run([&] {
        bell = you.fd();
        struct sigaction action {};
        action.sa_handler = rings;
        ::sigaction(SIGUSR2, &action, nullptr);
        EXPECT_EQ("ETIMEDOUT", outcome(mute, 200));
    });
    you.gets_signal(SIGUSR2);
    bob.expects("!");
    expects(you.took() == 0ms, "the handler runs when the signal comes",
            "it ran after " + std::to_string(you.took().count()) + " ms");
    you.finishes();
}

TEST(Robust, ThrowsWhenItCannotWait)
{
    Learner you{{.rule = "a wait that fails is no wait: that is an exception, at once, and not another round.",
                 .why = "ENOMEM lasts. Who asks again, as after a signal, is in a busy loop until the limit is over.",
                 .read = "man 2 poll, ENOMEM and EINTR",
                 .ask = "Q59, Q72"}};
    Host mute = you.silent_host("mute");
    you.every(Family::waiting).fails(ENOMEM);
    you.run([&] {
        const std::string came = outcome(mute, 200);
        expects(came == "ENOMEM" || came == "ETIMEDOUT", "ENOMEM", came); // who sleeps in connect() asks no such call
    });
    you.finishes();
    if (you.count(Family::waiting) > 0)
        expects_no_wait(you);
}

TEST(Robust, ASignalEndsNothing)
{
    Learner you{{.rule = "a signal ends your sleep, not the attempt: go on waiting, and do not begin a second one.",
                 .why = "EINTR says that nothing has come yet. A second connect() on a new socket is a second client.",
                 .read = "man 2 connect, EINTR and EINPROGRESS; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q27, Q88"}};
    Host ann = you.host("ann");
    you.nth(Family::connecting, 1).fails(EINTR); // of who connects with a blocking socket
    you.first(Family::waiting, 2).fails(EINTR);
    you.run([&] { expects_to_hear(connect(ann, an_hour).get(), "hello"); });
    ann.accepts().sends("hello");
    ann.expects_nobody();
    you.finishes();
}

TEST(Robust, ASignalBuysNoTime)
{
    Learner you{{.rule = "the limit is a point in time: a signal every 10 ms does not move it.",
                 .why = "A wait that begins anew with the whole limit never ends while a timer fires.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 poll, EINTR",
                 .ask = "Q27, Q58, Q59"}};
    Host mute = you.silent_host("mute");
    you.run([&] {
        wait_for_the_test();
        expects_timeout(mute, 55, 55ms, "it gives up after 55 ms, with a signal every 10 ms");
    });
    ASSERT_TRUE(you.paused());
    you.time_passes(900us); // nor does it begin at one
    you.resume();
    for (int i = 0; i < 20 && !you.is_done(); ++i) {
        you.time_passes(10'350us); // what is left is no whole number of milliseconds
        you.gets_signal(SIGUSR1);
    }
    ASSERT_TRUE(you.is_done()) << "200 ms have passed, with a signal every 10 ms, and the limit was 55 ms";
    you.finishes();
}

TEST(Robust, TheLimitIsForTheWholeCall)
{
    Learner you{
        {.rule = "the limit begins with the call: what socket() takes of it is not there for the wait.",
         .why =
             "On a busy machine each call may take long, and the limit may be over between any two of them. What is "
             "left is negative then: poll() takes that for \"for ever\", and ppoll() says EINVAL. 0 in SO_SNDTIMEO is no limit.",
         .read = "man 2 poll, timeout and EINVAL",
         .ask = "Q55, Q59"},
        {.own_time = 10s}};
    Host mute = you.silent_host("mute");
    std::vector<std::chrono::nanoseconds> of_socket{50ms, 250ms}; // then so that little is left, or half a microsecond
    for (const auto more : {0ns, 500ns})
        for (int i = 1; i < 7; ++i)
            of_socket.push_back(200ms - i * 1us - more);
    for (std::uint32_t i = 0; i < of_socket.size(); ++i)
        you.nth(Call::socket, i + 1).is_delayed(of_socket[i]);
    you.run([&] {
        for (const std::chrono::nanoseconds time : of_socket)
            expects_timeout(
                mute, 200, std::chrono::duration_cast<std::chrono::microseconds>(std::max<std::chrono::nanoseconds>(200ms, time)),
                "it gives up after 200 ms, of which socket() took " + std::to_string(time.count()) + " ns");
    });
    you.finishes();
}

TEST(Robust, NobodySetsThisClock)
{
    constexpr Lesson lesson{.rule = "a wait is measured with a clock that nobody sets.",
                            .why = "The time of day is set forward and back: by NTP, by a person, in a virtual machine.",
                            .read = "man 2 clock_gettime, CLOCK_MONOTONIC and CLOCK_REALTIME",
                            .ask = "Q58"};
    for (const std::chrono::seconds ahead : {3600s, -3600s}) {
        Learner you{lesson};
        Host mute = you.silent_host("mute");
        you.run([&] { EXPECT_EQ("ETIMEDOUT", outcome(mute, 200)); });
        you.time_passes(50ms);
        you.wall_clock_is_set(ahead);
        you.gets_signal(SIGUSR1); // so that you look at the clock
        you.finishes();
        expects_took(you, 200ms, "it gives up after 200 ms");
    }
}

// This one takes a second of real time.
TEST(Hostile, RoomMayComeWithinTheLimit)
{
    Learner you{{.rule = "a server without room is no refusal: go on waiting, the kernel sends your SYN again.",
                 .why = "Its queue was full, and your first SYN was dropped without a word. A second later there is room.",
                 .read = "man 2 listen, NOTES; man 7 tcp, tcp_syn_retries",
                 .ask = "Q22, Q59, Q128"},
                {.deadline = 6s}};
    Host ann = you.silent_host("ann");
    you.run([&] { expects_to_hear(connect(ann, 60'000).get(), "hello"); });
    ann.makes_room();
    ann.accepts().sends("hello");
    ann.expects_nobody();
    you.finishes();
    expects(you.count(Family::connecting) <= 2, "one attempt",
            std::to_string(you.count(Family::connecting)) + " calls of connect()");
}
