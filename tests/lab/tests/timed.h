#pragma once

#include "outcome.h"

#include <chrono>
#include <functional>
#include <poll.h>

// What the tests of scripted time share.
namespace lab {

// A learner that waits 250 ms for a byte on descriptor 3 that never comes; or thinks that it does.
constexpr std::chrono::milliseconds the_limit{250};

struct TimedLearner {
    const char* name;
    std::function<void()> body;
};
inline void PrintTo(const TimedLearner& learner, std::ostream* out) { *out << learner.name; }
inline std::string name_of_timed(const testing::TestParamInfo<TimedLearner>& info) { return info.param.name; }

struct TimedOutcome {
    std::string verdict, failures, diagram;
    std::chrono::milliseconds took;
    int waits;
};
inline TimedOutcome timed_outcome_of(const std::function<void()>& body, const std::function<void(Learner&, Peer&)>& during = {})
{
    TimedOutcome timed{};
    const Outcome outcome =
        outcome_of(body, {.limits = {.own_time = std::chrono::hours{24}}, .during = during, .judged = [&](Learner& you) {
                              timed.took = you.took();
                              timed.waits = you.waits_in_vain();
                          }});
    timed.verdict = outcome.verdict;
    timed.failures = outcome.failures;
    timed.diagram = outcome.diagram;
    return timed;
}

} // namespace lab
