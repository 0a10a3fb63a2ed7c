// exchange(): the time that it has, to the millisecond.
#include "11_tcp_client/script.h"

#include <climits>
#include <csignal>

using namespace lab;
using script::exchange, script::expects_to_take, script::in_short, script::much;

namespace {

// A limit that is rounded down, and so a spin of its last millisecond, is no busy loop yet.
constexpr Limits short_run{.idle_calls = 3000}, patient{.own_time = 3h, .idle_calls = 3000},
    very_patient{.own_time = 30 * 24h, .idle_calls = 3000};

} // namespace

TEST(Robust, GivesUpWhenTheTimeIsOver)
{
    Learner you{
        {.rule = "when the time is over, sending or reading, return what came, and give the socket back as it was.",
         .why = "Ann ends nothing; bob never reads, and all buffers are full. No call fails for that: it would just sleep.",
         .read = "man 2 poll, timeout; man 2 send, DESCRIPTION; man 2 fcntl, F_SETFL",
         .ask = "Q26, Q30, Q55"},
        short_run};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {16384, 16384, 16384, 16384, true});
    ann.sends("half an ans");
    you.run([&] {
        EXPECT_EQ("half an ans, timed out", exchange(you.fd(0), "ping", 30));
        EXPECT_EQ(", timed out", exchange(you.fd(1), much, 30));
        for (const std::size_t i : {0u, 1u})
            expects_open(you.fd(i), "for its owner, the caller");
    });
    ann.expects("ping");
    ann.expects_end();
    you.finishes();
    expects_to_take(you, 60ms, 2ms);
}

TEST(Robust, IsOverAtOnceWithALimitOfZero)
{
    Learner you{{.rule = "0 milliseconds are over at once: it is a limit like any other.",
                 .why = "To SO_RCVTIMEO a time of 0 means \"no limit\", and to poll() a negative one does.",
                 .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q55"},
                short_run};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ(", timed out", exchange(you.fd(), "ping", 0)); });
    you.finishes();
    expects_to_take(you, 0ms);
}

TEST(Robust, KeepsALimitOfAnHour)
{
    Learner you{{.rule = "a limit is met to the millisecond, whether it is short or long.",
                 .why = "Rounded down, the last wait ends too early. In microseconds, an hour is too much for an int.",
                 .read = "man 2 poll, timeout",
                 .ask = "Q55, Q58"},
                patient};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ(", timed out", exchange(you.fd(), "ping", 3'600'000)); });
    ann.expects("ping");
    ann.expects_end();
    you.finishes();
    expects_to_take(you, 1h);
}

TEST(Robust, KeepsTheLongestLimit)
{
    Learner you{
        {.rule = "any int is a limit, and INT_MAX milliseconds are 24.8 days: not for ever.",
         .why = "Any clock and INT_MAX together are more than an int holds. And to poll() a negative limit means none at all.",
         .read = "man 2 poll, timeout; man 2 clock_gettime",
         .ask = "Q55, Q58"},
        very_patient};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ(", timed out", exchange(you.fd(), "ping", INT_MAX)); });
    ann.expects("ping");
    ann.expects_end();
    you.finishes();
    expects_to_take(you, std::chrono::milliseconds{INT_MAX});
}

TEST(Robust, AsksAClockThatNobodySets)
{
    Learner you{
        {.rule = "a limit is measured by a clock that only goes on.",
         .why = "CLOCK_REALTIME and std::chrono::system_clock are set: by NTP, or by hand. Then the limit is set with them.",
         .read = "man 2 clock_gettime, CLOCK_MONOTONIC",
         .ask = "Q55, Q58"},
        patient};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ(", timed out", exchange(you.fd(), "ping", 250)); });
    ann.expects("ping");
    ann.expects_end();
    you.wall_clock_is_set(-1h);
    you.gets_signal(SIGUSR1); // whoever waits must look again how much is left
    you.finishes();
    expects_to_take(you, 250ms);
}

TEST(Hostile, GivesUpOnAPeerThatDribbles)
{
    Learner you{{.rule = "the limit is for the whole exchange: neither a byte now and then nor a signal begins it anew.",
                 .why =
                     "Note when the time is over, and before each wait compute what is left of it. A recv() that waits for more "
                     "because the last piece filled its buffer knows no limit.",
                 .read = "man 2 poll, timeout and EINTR; man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q55, Q58"},
                short_run};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    const std::string pieces[] = {".", pattern(1023), pattern(3072), pattern(4096), pattern(8192)}; // 16384 bytes in all
    you.run([&] {
        std::string all;
        for (const std::string& piece : pieces)
            all += piece;
        EXPECT_EQ(in_short(all) + ", timed out", exchange(you.fd(0), "ping", 30));
        EXPECT_EQ(", timed out", exchange(you.fd(1), "ping", 30));
    });
    for (const std::string& piece : pieces) { // ann's are for the first exchange; in the second, only the signals come
        ann.sends(piece);
        you.time_passes(5ms);
    }
    you.time_passes(10ms);
    for (int i = 0; i < 5; ++i) {
        you.gets_signal(SIGUSR1);
        you.time_passes(5ms);
    }
    you.finishes();
    expects_to_take(you, 60ms, 2ms);
}

TEST(Hostile, GivesUpOnAPeerThatNeverStops)
{
    constexpr Lesson lesson{.rule = "the time is over for a peer, too, who always has more to say, or always has room for more.",
                            .why = "Who asks for the time only when nothing has come, or when there is no room, never asks. Each "
                                   "of these calls took 5 ms.",
                            .read = "man 2 clock_gettime, CLOCK_MONOTONIC",
                            .ask = "Q55, Q58"};
    for (const Family busy : {Family::reading, Family::writing}) {
        Learner you{lesson, patient};
        Peer ann = you.wire("ann");
        if (busy == Family::reading)
            ann.sends(pattern(500));
        you.every(busy).moves_at_most(1);
        you.every(busy).is_delayed(5ms);
        you.run([&] {
            const std::string came = exchange(you.fd(), busy == Family::reading ? "ping" : pattern(500), 30);
            EXPECT_TRUE(came.ends_with(", timed out")) << came;
        });
        you.finishes();
        expects_to_take(you, 30ms, 20ms);
        if (HasFailure())
            return;
    }
}
