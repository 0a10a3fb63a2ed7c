// The limit, to the millisecond. The learner's time is scripted.
#include "closing.h"

#include <climits>
#include <csignal>
#include <cstdint>
#include <vector>

using namespace lab;

namespace {

constexpr int brief = 20; // milliseconds
// Who rounds what is left down spins for less than a millisecond at its end: that is forgiven.
constexpr Limits strict{.deadline = 10s, .own_time = 3h, .idle_calls = 0};

// One millisecond more is a wait that counts in whole ones.
void expects_took(const Learner& you, std::chrono::milliseconds limit)
{
    const auto took = you.took();
    expects(took >= limit && took <= limit + 1ms, "it is over after " + std::to_string(limit.count()) + " ms",
            "it was over after " + std::to_string(took.count()) + " ms");
}

} // namespace

TEST(Robust, LeavesASilentPeerWhenTheTimeIsOver)
{
    Learner you{{.rule = "a peer that says nothing keeps you until the limit: no longer, and no shorter.",
                 .why = "Its FIN may never come: its program hangs, or the cable is out. Only a clock tells.",
                 .read = "man 2 poll, timeout",
                 .ask = "Q45, Q60"},
                strict};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("timed_out", closing(you.fd(), brief)); });
    ann.expects_end();
    closes_once(you);
    expects_took(you, 20ms);
}

TEST(Robust, SleepsUntilSomethingComes)
{
    Learner you{{.rule = "while you wait, you sleep until something comes: no CPU, no fixed pauses.",
                 .why = "A short pause burns CPU, and a long one is late. poll() on the socket wakes you when it is time.",
                 .read = "man 2 poll, DESCRIPTION",
                 .ask = "Q55, Q58"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("clean", closing(you.fd(), patient)); });
    ann.expects_end();
    you.time_passes(948ms); // no pause ends just then
    ann.closes();
    closes_once(you);
    constexpr int forgiven = 20; // in a second: who looks at the clock now and then is awake for no time at all
    expects(you.waits_in_vain() <= forgiven, "asleep until ann's end comes, which wakes you",
            "woke up " + std::to_string(you.waits_in_vain()) + " times when nothing had come");
    expects(you.took() == 948ms, "awake at once when it comes", std::to_string((you.took() - 948ms).count()) + " ms too late");
}

TEST(Robust, ASignalDoesNotStartTheLimitAgain)
{
    Learner you{{.rule = "the limit is for the whole call: after a signal, wait only for what is left.",
                 .why = "EINTR says that nothing came yet. If each signal starts the limit anew, a timer makes it endless.",
                 .read = "man 2 poll, timeout and EINTR; man 7 signal, \"Interruption of system calls...\"",
                 .ask = "Q55, Q58, Q88"},
                strict};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("timed_out", closing(you.fd(), brief)); });
    for (int i = 0; i < 3; ++i) {
        you.time_passes(5ms);
        you.gets_signal(SIGUSR1);
    }
    closes_once(you);
    expects_took(you, 20ms);
}

TEST(Robust, LetsNoBlockedSignalIn)
{
    Learner you{{.rule = "a signal that the caller has blocked waits until he wants it: your sleep does not let it in.",
                 .why = "ppoll() and pselect() sleep with the mask that they are given. An empty one opens what was closed, and "
                        "here SIGTERM ends the process in the middle of the wait.",
                 .read = "man 2 poll, ppoll(); man 7 signal, \"Signal mask and pending signals\"",
                 .ask = "Q55, Q88"},
                strict};
    Peer ann = you.wire("ann");
    you.run([&] { while_a_signal_is_blocked([&] { EXPECT_EQ("timed_out", closing(you.fd(), brief)); }); });
    closes_once(you);
}

TEST(Robust, NobodySetsItsClock)
{
    constexpr Lesson lesson{.rule = "a limit is measured with a clock that nobody sets.",
                            .why = "The time of day is set forward and back: by NTP, by a person, in a virtual machine.",
                            .read = "man 2 clock_gettime, CLOCK_MONOTONIC and CLOCK_REALTIME",
                            .ask = "Q55, Q58"};
    for (const std::chrono::seconds ahead : {3600s, -3600s}) {
        Learner you{lesson, strict};
        Peer ann = you.wire("ann");
        you.run([&] { EXPECT_EQ("timed_out", closing(you.fd(), brief)); });
        you.time_passes(5ms);
        you.wall_clock_is_set(ahead);
        ann.sends("more"); // so that you look at the clock
        closes_once(you);
        expects_took(you, 20ms);
    }
}

TEST(Robust, KeepsAnyLimit)
{
    constexpr Lesson lesson{.rule = "the limit may be any number of milliseconds that an int can count.",
                            .why = "An hour has more microseconds than an int has numbers, and it is not the longest limit.",
                            .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO",
                            .ask = "Q55, Q58"};
    for (const int limit : {1, 60'000, 4'000'000}) {
        Learner you{lesson, strict};
        Peer ann = you.wire("ann");
        you.run([&] { EXPECT_EQ("timed_out", closing(you.fd(), limit)); });
        closes_once(you);
        expects_took(you, std::chrono::milliseconds{limit});
    }
    Learner you{lesson, strict};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("clean", closing(you.fd(), INT_MAX)); });
    you.time_passes(10min);
    ann.closes(); // 24 days before the limit is over
    closes_once(you);
}

TEST(Hostile, ATrickleBuysNoTime)
{
    Learner you{{.rule = "the limit is for the whole call: no byte starts it again, and no piece, whatever its size.",
                 .why =
                     "One byte now and then would keep you for ever: wait only for what is left. And a full buffer does not say "
                     "that there is more: a recv() that waits for that knows no limit.",
                 .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO; man 2 recv, MSG_DONTWAIT",
                 .ask = "Q45, Q56, Q58"},
                strict};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("timed_out", closing(you.fd(), brief)); });
    for (const std::size_t piece : {1u, 512u, 1024u, 4096u, 8192u, 16384u}) {
        you.time_passes(3ms);
        ann.sends(pattern(piece));
    }
    closes_once(you);
    expects_took(you, 20ms);
}

TEST(Hostile, AFloodBuysNoTime)
{
    Learner you{{.rule = "the limit ends also while there is always more to read.",
                 .why = "Who asks the clock only when nothing is there never asks it during a flood.",
                 .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q45, Q56, Q58"},
                strict};
    Peer ann = you.wire("ann");
    ann.sends(std::string(40, '.'));
    you.every(Family::reading).moves_at_most(1);
    you.every(Family::reading).is_delayed(5ms); // so four of your calls use up the limit
    you.run([&] { EXPECT_EQ("timed_out", closing(you.fd(), brief)); });
    closes_once(you);
    expects(you.took() <= 30ms, "it is over after 20 ms, and the call that was begun by then",
            "it was over after " + std::to_string(you.took().count()) + " ms");
}

TEST(Hostile, DoesNotWaitWhenTheTimeIsOver)
{
    Learner you{{.rule = "nothing left of the limit, or a limit of 0 or less, means: do not wait.",
                 .why = "Timeouts of 0 and below have meanings of their own: poll(-1) and SO_RCVTIMEO 0 both wait for ever.",
                 .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q55, Q58"},
                strict};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), cleo = you.wire("cleo"), dan = you.wire("dan");
    bob.sends("more");
    you.nth(Family::reading, 1).is_delayed(30ms); // your first recv takes longer than the limit
    you.run([&] {
        EXPECT_EQ("timed_out", closing(you.fd(1), 5));
        EXPECT_EQ("timed_out", closing(you.fd(0), 0));
        EXPECT_EQ("timed_out", closing(you.fd(2), -1));
        EXPECT_EQ("timed_out", closing(you.fd(3), INT_MIN));
    });
    you.finishes();
    expects_took(you, 30ms);
}

TEST(Hostile, LessThanAMicrosecondIsNotForEver)
{
    Learner you{{.rule = "what is left of the limit may be less than the smallest time that your call can say: that is not 0.",
                 .why = "Half a microsecond, rounded down, is {0, 0}. To SO_RCVTIMEO that means \"for ever\".",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 poll, timeout",
                 .ask = "Q55, Q58"},
                strict};
    constexpr std::uint32_t tries = 8; // a look at the clock takes a microsecond: in one of them half of one is left
    std::vector<Peer> peers;
    for (std::uint32_t i = 1; i <= tries; ++i) {
        peers.push_back(you.wire("ann " + std::to_string(i)));
        you.nth(Call::shutdown, i).is_delayed(20ms - i * 1us - 500ns);
    }
    you.run([&] {
        for (std::uint32_t i = 0; i < tries; ++i)
            EXPECT_EQ("timed_out", closing(you.fd(i), brief));
    });
    you.finishes();
}

TEST(Hostile, LooksOnceWithALimitOfZero)
{
    constexpr Lesson lesson{
        .rule = "with a limit of 0 or less you do not wait, but you look: an end or a reset that has come is told.",
        .why = "Nothing must be waited for: recv() gives 0 or ECONNRESET at once.",
        .read = "man 2 recv, MSG_DONTWAIT and RETURN VALUE",
        .ask = "Q38, Q45"};
    for (const int limit : {0, -1}) {
        Learner you{lesson};
        Peer ann = you.wire("ann"), bob = you.wire("bob");
        you.run([&] {
            wait_for_the_test();
            EXPECT_EQ("clean", closing(you.fd(0), limit));
            EXPECT_EQ("peer_reset", closing(you.fd(1), limit));
        });
        ASSERT_TRUE(you.paused());
        ann.closes();
        bob.resets();
        you.settles(); // both have come
        you.resume();
        you.finishes();
    }
}
