#pragma once

#include "coach/tree/project.h"

namespace coach {

// The next hint of this exercise that was not given yet; after the last one, that one again. It is counted in the build folder.
std::string next_hint(const Project& project, const Exercise& exercise);

} // namespace coach
