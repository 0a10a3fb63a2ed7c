#pragma once

#include <string>

namespace lab {

struct Lesson;

// Reports a failure of the current test in the lab's two lines: what was expected, what came.
void add_failure(const char* file, int line, const std::string& expected, const std::string& came);

// What a Learner knows at its end. The printer shows it when the test has failed; the first learner that objects counts.
struct Story {
    std::string rule, why, read, ask;
    std::string diagram, sanitizer, verdict;
    bool not_written = false;
};
void tell(Story story);

// Replaces gtest's printing of failures by the lesson. Called once, by the lab's main().
void install_lesson_printer();

} // namespace lab
