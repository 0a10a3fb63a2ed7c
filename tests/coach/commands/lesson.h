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

// "2 of 20 exercises are green."
std::string progress(const Project& project);

} // namespace coach
