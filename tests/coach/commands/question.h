#pragma once

#include "coach/commands/ask.h"
#include "coach/tree/questions.h"

namespace coach {

std::string the_question(const Question& question); // as it is asked
std::string what_to_say(const Question& question);  // the answer, what comes next, what fails, and the proof to run

// Shows the question, waits for it to be said, shows the answer. 'y' or 'n': whether it could be said; 0: the clock was over
// first. Throws Interrupted.
char ask_aloud(const Question& question, const Console& console, const Clock* clock = nullptr);

} // namespace coach
