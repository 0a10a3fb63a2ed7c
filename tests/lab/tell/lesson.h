#pragma once

#include "lab/remarks/remarks.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lab {

struct Arena;
struct Lesson;

// A row of the diagram of a run.
struct Place {
    const Arena* arena = nullptr;
    std::uint32_t event = UINT32_MAX;
};
Place last_act(const Arena& arena, std::uint16_t who);

// Reports a failure of the current test in the lab's two lines: what was expected, what came. `place` is marked in the diagram
// when this is the first failure of the test.
void add_failure(const char* file, int line, const std::string& expected, const std::string& came, const Place& place = {});
// Where the first failure of this test stood, if it stood in this run.
std::uint32_t first_deviation(const Arena& arena);

// Reports what EXPECT_* and ASSERT_* have found in the learner's process and was not reported yet. It stands before what a
// peer or a verdict finds after it: the first failure is the one that is told.
void report_findings(Arena& arena);

// What a Learner knows at its end. The printer shows it when the test has failed; the first learner that objects counts.
struct Story {
    std::string when{}; // under which Circumstance
    std::string rule, why, read, ask;
    std::string diagram, sanitizer, verdict;
    std::vector<Remark> remarks;
    std::string unseen;     // calls that are in no row
    bool cut_short = false; // it hung, span, threw or died: its verdict says more than the rule
    bool not_written = false;
};
void tell(Story story);

// While it lives, what is told happened "when ...": for a test that runs its script more than once. They nest.
class Circumstance {
public:
    explicit Circumstance(std::string words);
    Circumstance(const Circumstance&) = delete;
    Circumstance& operator=(const Circumstance&) = delete;
    ~Circumstance();
};
std::string circumstances(); // "the address is ::1, and socket(), the 1st, fails with EMFILE"; "" when there are none

// Where KATA_REMARKS stands in the environment, a green run prints what was noticed, too: correct code must leave nothing to say.
void tell_remarks_of_green_run(const std::string& unseen, const std::vector<Remark>& remarks);

// Replaces gtest's printing of failures by the lesson. Called once, by the lab's main().
void install_lesson_printer();

} // namespace lab
