// Learners that go wrong only in time, and what gives them away.
#include "timed.h"

#include <cerrno>
#include <csignal>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

using namespace lab;
using std::chrono::steady_clock;
using std::chrono::system_clock;

namespace {

std::string said(const TimedOutcome& outcome) { return outcome.verdict + outcome.failures; }

} // namespace

TEST(WrongInTime, OneMillisecondEarly)
{
    const TimedOutcome outcome = timed_outcome_of([] {
        const auto end = steady_clock::now() + the_limit;
        ::poll(&the_wire, 1, whole_ms_until<steady_clock>(end));
    });
    EXPECT_EQ(249, outcome.took.count()) << said(outcome);
}

TEST(WrongInTime, TimesAThousandInAnInt)
{
    const TimedOutcome outcome = timed_outcome_of([] {
        const auto us = static_cast<int>(3'600'000U * 1000); // what the product is in an int, without undefined behaviour
        const timespec limit{us / 1'000'000, us % 1'000'000 * 1000L};
        ::ppoll(&the_wire, 1, &limit, nullptr);
    });
    EXPECT_EQ(0, outcome.took.count()) << said(outcome);
}

TEST(WrongInTime, AskedTheWallClock)
{
    const auto waits = [] {
        for (const auto end = system_clock::now() + the_limit; system_clock::now() < end;)
            ::poll(&the_wire, 1, std::min(whole_ms_until<system_clock>(end) + 1, 100));
    };
    const auto sets = [](std::chrono::nanoseconds ahead) {
        return [=](Learner& you, Peer&) {
            you.settles();
            you.wall_clock_is_set(ahead);
        };
    };
    EXPECT_EQ(100, timed_outcome_of(waits, sets(1h)).took.count());
    EXPECT_GT(timed_outcome_of(waits, sets(-1min)).took, 1min);
}

TEST(WrongInTime, BeginsAgainAfterASignal)
{
    const TimedOutcome outcome = timed_outcome_of(
        [] {
            while (::poll(&the_wire, 1, 250) < 0 && errno == EINTR) {
            }
        },
        [](Learner& you, Peer&) {
            you.settles();
            you.time_passes(200ms);
            you.gets_signal(SIGUSR1);
        });
    EXPECT_EQ(450, outcome.took.count()) << said(outcome);
}

TEST(WrongInTime, BeginsAgainWithEachByte)
{
    const TimedOutcome outcome = timed_outcome_of(
        [] {
            char byte = 0;
            while (::poll(&the_wire, 1, 250) > 0 && ::recv(3, &byte, 1, 0) == 1) {
            }
        },
        [](Learner& you, Peer& ann) {
            for (int i = 0; i < 3; ++i) {
                you.time_passes(200ms);
                ann.sends(".");
            }
        });
    EXPECT_EQ(850, outcome.took.count()) << said(outcome);
}

TEST(WrongInTime, GivesUpThoughNobodyAskedForALimit)
{
    const TimedOutcome outcome = timed_outcome_of([] { EXPECT_EQ(1, ::poll(&the_wire, 1, 5000)) << "gave up"; },
                                                  [](Learner& you, Peer& ann) {
                                                      you.time_passes(1min);
                                                      ann.sends("x");
                                                  });
    EXPECT_NE(std::string::npos, outcome.failures.find("gave up")) << outcome.diagram;
}

TEST(WrongInTime, ALimitOfZeroThatWaitsForEver)
{
    const TimedOutcome outcome = timed_outcome_of([] {
        const auto end = steady_clock::now() + the_limit;
        for (char byte = 0; steady_clock::now() < end && ::recv(3, &byte, 1, 0) < 0;) {
            const int left = whole_ms_until<steady_clock>(end);
            const timeval limit{left / 1000, left % 1000 * 1000L};
            ::setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        }
    });
    EXPECT_EQ("stuck: asleep in recv(3), and nothing will ever wake it", outcome.verdict);
}

TEST(WrongInTime, LeavesItsAlarm)
{
    const TimedOutcome outcome = timed_outcome_of([] {
        try {
            ::alarm(60);
            throw 1;
        } catch (int) {
        }
        itimerval left{};
        ::getitimer(ITIMER_REAL, &left);
        EXPECT_EQ(0, left.it_value.tv_sec) << "still set";
    });
    EXPECT_NE(std::string::npos, outcome.failures.find("still set"));
}

TEST(WrongInTime, SleepsALittleAfterEachAnswer)
{
    const TimedOutcome outcome = timed_outcome_of(
        [] {
            char byte = 0;
            while (::recv(3, &byte, 1, 0) == 1) {
                ::send(3, &byte, 1, 0);
                ::usleep(100);
            }
        },
        [](Learner&, Peer& ann) {
            for (int i = 0; i < 3; ++i) {
                ann.sends(".");
                ann.expects(".");
            }
            ann.closes();
        });
    EXPECT_EQ(3, outcome.waits) << said(outcome);
}
