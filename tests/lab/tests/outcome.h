#pragma once

#include "lab/lab.h"
#include "lab/remarks/remarks.h"

#include <chrono>
#include <functional>
#include <ostream>
#include <span>
#include <string>

// What a test of the lab itself needs: a learner whose failure is the wanted result.
namespace lab {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool with_asan = true;
#elif defined(__has_feature)
constexpr bool with_asan = __has_feature(address_sanitizer);
#else
constexpr bool with_asan = false;
#endif
#if defined(__SANITIZE_THREAD__)
constexpr bool with_tsan = true;
#elif defined(__has_feature)
constexpr bool with_tsan = __has_feature(thread_sanitizer);
#else
constexpr bool with_tsan = false;
#endif

// More than any socket takes, 64 MiB: zeros that nobody has written, so they cost no page and no sanitizer's shadow. The process
// gives them back when it ends.
std::span<char> too_much();

// What happens around the body of a learner.
struct Scene {
    Limits limits{};
    std::function<void(Learner&)> before{};        // before run(): faults
    std::function<void(Learner&, Peer&)> during{}; // after run()
    std::function<void(Learner&)> judged{};        // after finishes()
};

struct Outcome {
    bool red = false;                 // finishes() objected
    std::string verdict;              // in the lab's words
    std::string failures;             // what it objected to, one after the other
    std::string diagram, printed;     // as the learner left them
    std::vector<Remark> remarks;      // all of them
    std::string unseen;               // what is said of calls that no shim takes
    std::chrono::milliseconds wall{}; // from run() to the verdict
    std::chrono::milliseconds took{}; // the same, without the time in which the machine did not let a side run
};

// Runs `body` with one wire, descriptor 3 to "ann", and judges it with finishes(). Its failures do not count here.
Outcome outcome_of(const std::function<void()>& body, const Scene& scene = {});

// A learner that must end red, with these words in its verdict.
struct HostileLearner {
    const char* name;
    std::function<void()> body;
    std::string says;
    Scene scene{};
};
inline void PrintTo(const HostileLearner& learner, std::ostream* out) { *out << learner.name; }

// INSTANTIATE_TEST_SUITE_P(Leaving, Hostile, testing::ValuesIn(learners), name_of_param);
class Hostile : public testing::TestWithParam<HostileLearner> {};
inline std::string name_of_param(const testing::TestParamInfo<HostileLearner>& info) { return info.param.name; }

} // namespace lab
