#pragma once

#include "outcome.h"

#include <cerrno>
#include <chrono>
#include <ctime>
#include <functional>
#include <poll.h>

// What the tests of scripted time share.
namespace lab {

// A learner that waits 250 ms for a byte on descriptor 3 that never comes; or thinks that it does.
constexpr std::chrono::milliseconds the_limit{250};

inline pollfd the_wire{3, POLLIN, 0}; // where that byte would come

struct TimedLearner {
    const char* name;
    std::function<void()> body;
};
inline void PrintTo(const TimedLearner& learner, std::ostream* out) { *out << learner.name; }
inline std::string name_of_timed(const testing::TestParamInfo<TimedLearner>& info) { return info.param.name; }

constexpr timespec as_timespec{0, 250'000'000};
inline timespec moment(clockid_t clock)
{
    timespec at{};
    ::clock_gettime(clock, &at);
    at.tv_sec += (at.tv_nsec + as_timespec.tv_nsec) / 1'000'000'000;
    at.tv_nsec = (at.tv_nsec + as_timespec.tv_nsec) % 1'000'000'000;
    return at;
}
inline void fails_with(int error, long result)
{
    EXPECT_EQ(-1, result);
    EXPECT_EQ(error, errno);
}

// Until then, rounded down: as one should not.
template <class Clock>
int whole_ms_until(typename Clock::time_point end)
{
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count());
}

class InTime : public testing::TestWithParam<TimedLearner> {};

struct TimedOutcome {
    std::string verdict, failures, diagram;
    std::chrono::milliseconds took;
    int waits;
};
inline TimedOutcome timed_outcome_of(const std::function<void()>& body, const std::function<void(Learner&, Peer&)>& during = {})
{
    TimedOutcome timed{};
    const Scene scene{.limits = {.own_time = std::chrono::hours{24}},
                      .before =
                          [](Learner& you) {
                              for (const char* what : {"SO_RCVTIMEO", "SO_SNDTIMEO", "SIGALRM"}) // it is about time alone
                                  you.may_change(what);
                          },
                      .during = during,
                      .judged =
                          [&](Learner& you) {
                              timed.took = you.took();
                              timed.waits = you.waits_in_vain();
                          }};
    const Outcome outcome = outcome_of(body, scene);
    timed.verdict = outcome.verdict;
    timed.failures = outcome.failures;
    timed.diagram = outcome.diagram;
    return timed;
}

} // namespace lab
