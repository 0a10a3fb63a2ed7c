#pragma once

#include "coach/judge/check.h"

namespace coach {

// The last verdict on an exercise, kept in the build folder.
struct Result {
    Verdict verdict;              // without its text
    bool answer_is_newer = false; // the answer was saved since
    bool tests_are_newer = false;

    bool is_old() const { return answer_is_newer || tests_are_newer; }
    bool is_green() const { return verdict.is_green() && !is_old(); }
};

Result last_result(const Project& project, const Exercise& exercise); // State::unknown when there is none
void keep_result(const Project& project, const Exercise& exercise, const Check& check);

// A small number that is kept with the build folder, such as how many hints were given; 0 when it is not there.
int kept_number(const Project& project, const std::string& name);
void keep_number(const Project& project, const std::string& name, int number);

} // namespace coach
