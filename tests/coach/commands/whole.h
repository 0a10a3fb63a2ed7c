#pragma once

#include "coach/tree/project.h"

#include <string>
#include <vector>

namespace coach {

// A learner's first build makes only what leads through the exercises: the other half of kata takes as long to compile as all of
// that. So the program kata_whole, which has all commands, is built when it is asked for one of those, and goes on in this one's
// place. Throws Complaint when it cannot be built, with the compiler's words; Interrupted.
[[noreturn]] void become_whole(const Project&, const std::string& command, std::vector<std::string> typed);

} // namespace coach
