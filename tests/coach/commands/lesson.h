#pragma once

#include "coach/judge/results.h"
#include "coach/terminal/console.h"

namespace coach {

// Checks the answer, keeps the result, and shows meanwhile what is going on. Throws Interrupted.
Verdict check_now(const Project& project, const Exercise& exercise, const Console& console);

// Waits for a check that runs. Throws Interrupted.
void wait_for(Check& check, const Console& console);

// The lesson, the compiler's words, or what stood in the way. For a green answer: that it is green.
std::string lesson(const Exercise& exercise, const Verdict& verdict);

// The lesson of somebody else's answer: without where a learner would go on with an answer of his own.
std::string without_next_steps(const std::string& lesson);

// The check of `code` in the place of the exercise's answer, which is left alone: the target spot_NN_name is linked to a file of
// the build folder, in which the code is put. What it leaves out comes from the exercise's rest.cpp. `filter` "": all tests.
Check::What spot_check(const Project& project, const Exercise& exercise, const std::string& code, const std::string& filter);

// "2 of 20 exercises are green."
std::string progress(const Project& project);

} // namespace coach
