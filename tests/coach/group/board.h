#pragma once

#include "coach/group/table.h"
#include "coach/group/work.h"
#include "coach/terminal/console.h"

#include <deque>

namespace coach {

// All of it, two members at a time, with a word on what is going on. False: a signal came, and `interrupted_by` is its number.
bool finish(std::deque<Work>& works, const Console& console, int& interrupted_by);

// Exercises down, members across, in the order given. `works`: those with checks.
Table board(const Project& ours, const std::deque<Work>& works);

// One exercise of one member, as the board shows it.
Mark mark_of(const Exercise& exercise, const Verdict& verdict);

} // namespace coach
