// Learners that wait, but not as one should: a spin in the last millisecond, a fixed pause between looks.
#include "timed.h"

#include <sys/epoll.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace lab;
using std::chrono::steady_clock;

namespace {

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
        EXPECT_EQ(0, ::poll(&the_wire, 1, 0));
        look();
    }
}

} // namespace

class Spins : public testing::TestWithParam<TimedLearner> {};

TEST_P(Spins, InTheLastMillisecond)
{
    const TimedOutcome outcome = timed_outcome_of(GetParam().body);
    EXPECT_EQ(0u, outcome.verdict.find("busy loop")) << outcome.verdict << outcome.diagram;
}

const TimedLearner spinners[] = {
    {"Poll", [] { rounds_down([](int ms) { ::poll(&the_wire, 1, ms); }); }},
    {"Ppoll",
     [] {
         rounds_down([](int ms) {
             const timespec limit{ms / 1000, ms % 1000 * 1'000'000L};
             ::ppoll(&the_wire, 1, &limit, nullptr);
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
