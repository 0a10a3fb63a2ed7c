// Learners that go wrong only in time, and what gives them away.
#include "timed.h"

#include <cerrno>
#include <csignal>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace lab;
using std::chrono::steady_clock;
using std::chrono::system_clock;

namespace {

constexpr std::chrono::hours an_hour{1};

pollfd wire{3, POLLIN, 0};

template <class Clock>
int whole_ms_until(typename Clock::time_point end)
{
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count());
}

// `look(ms)` waits at most so long; here for what is left, rounded down, as long as anything is left.
template <class Look>
void rounds_down(Look look)
{
    for (const auto end = steady_clock::now() + the_limit; steady_clock::now() < end;)
        look(whole_ms_until<steady_clock>(end));
}

template <class Look>
void looks_each_millisecond(Look look)
{
    for (const auto end = steady_clock::now() + the_limit; steady_clock::now() < end;) {
        EXPECT_EQ(0, ::poll(&wire, 1, 0));
        look();
    }
}

std::string said(const TimedOutcome& outcome) { return outcome.verdict + outcome.failures; }

} // namespace

class Spins : public testing::TestWithParam<TimedLearner> {};

TEST_P(Spins, InTheLastMillisecond)
{
    const TimedOutcome outcome = timed_outcome_of(GetParam().body);
    EXPECT_EQ(0u, outcome.verdict.find("busy loop")) << outcome.verdict << outcome.diagram;
}

const TimedLearner spinners[] = {
    {"Poll", [] { rounds_down([](int ms) { ::poll(&wire, 1, ms); }); }},
    {"Ppoll",
     [] {
         rounds_down([](int ms) {
             const timespec limit{ms / 1000, ms % 1000 * 1'000'000L};
             ::ppoll(&wire, 1, &limit, nullptr);
         });
     }},
    {"Select",
     [] {
         rounds_down([](int ms) {
             timeval limit{ms / 1000, ms % 1000 * 1000L};
             ::select(0, nullptr, nullptr, nullptr, &limit);
         });
     }},
    {"Epoll",
     [] {
         const int epoll = ::epoll_create1(0);
         epoll_event event{};
         rounds_down([&](int ms) { ::epoll_wait(epoll, &event, 1, ms); });
         ::close(epoll);
     }},
    {"ATimerfdThatIsNeverRead",
     [] {
         const int timer = ::timerfd_create(CLOCK_MONOTONIC, 0);
         const itimerspec soon{{0, 10'000'000}, {0, 10'000'000}};
         ::timerfd_settime(timer, 0, &soon, nullptr);
         pollfd both[]{{3, POLLIN, 0}, {timer, POLLIN, 0}};
         while (::poll(both, 2, -1) > 0 && (both[0].revents & POLLIN) == 0) {
         }
         ::close(timer);
     }},
};
INSTANTIATE_TEST_SUITE_P(Each, Spins, testing::ValuesIn(spinners), name_of_timed);

class Pauses : public testing::TestWithParam<TimedLearner> {};

TEST_P(Pauses, BetweenItsLooks)
{
    const TimedOutcome outcome = timed_outcome_of(GetParam().body);
    EXPECT_GT(outcome.waits, 100) << outcome.verdict << outcome.diagram;
}

const TimedLearner pausers[] = {
    {"Nanosleep",
     [] {
         looks_each_millisecond([] {
             const timespec pause{0, 1'000'000};
             ::nanosleep(&pause, nullptr);
         });
     }},
    {"Usleep", [] { looks_each_millisecond([] { ::usleep(1000); }); }},
    {"PollOfNothing", [] { looks_each_millisecond([] { ::poll(nullptr, 0, 1); }); }},
    {"SelectOfNothing",
     [] {
         looks_each_millisecond([] {
             timeval pause{0, 1000};
             ::select(0, nullptr, nullptr, nullptr, &pause);
         });
     }},
    {"EpollOfNothing",
     [] {
         const int epoll = ::epoll_create1(0);
         epoll_event event{};
         looks_each_millisecond([&] { ::epoll_wait(epoll, &event, 1, 1); });
         ::close(epoll);
     }},
};
INSTANTIATE_TEST_SUITE_P(Each, Pauses, testing::ValuesIn(pausers), name_of_timed);

TEST(WrongInTime, OneMillisecondEarly)
{
    const TimedOutcome outcome = timed_outcome_of([] {
        const auto end = steady_clock::now() + the_limit;
        ::poll(&wire, 1, whole_ms_until<steady_clock>(end));
    });
    EXPECT_EQ(249, outcome.took.count()) << said(outcome);
}

TEST(WrongInTime, TimesAThousandInAnInt)
{
    const TimedOutcome outcome = timed_outcome_of([] {
        const int limit_ms = 3'600'000;
        const unsigned us =
            static_cast<unsigned>(limit_ms) * 1000; // what a product in an int leaves, without undefined behaviour
        ::usleep(us);
    });
    EXPECT_NE(an_hour, outcome.took) << said(outcome);
}

TEST(WrongInTime, AskedTheWallClock)
{
    const auto waits = [] {
        for (const auto end = system_clock::now() + the_limit; system_clock::now() < end;)
            ::poll(&wire, 1, std::min(whole_ms_until<system_clock>(end) + 1, 100));
    };
    const auto sets = [](std::chrono::nanoseconds ahead) {
        return [=](Learner& you, Peer&) {
            you.settles();
            you.wall_clock_is_set(ahead);
        };
    };
    EXPECT_EQ(100, timed_outcome_of(waits, sets(an_hour)).took.count());
    EXPECT_GT(timed_outcome_of(waits, sets(-1min)).took, 1min);
}

TEST(WrongInTime, BeginsAgainAfterASignal)
{
    const TimedOutcome outcome = timed_outcome_of(
        [] {
            while (::poll(&wire, 1, 250) < 0 && errno == EINTR) {
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
            while (::poll(&wire, 1, 250) > 0 && ::recv(3, &byte, 1, 0) == 1) {
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
    const TimedOutcome outcome = timed_outcome_of([] { EXPECT_EQ(1, ::poll(&wire, 1, 5000)) << "gave up"; },
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
