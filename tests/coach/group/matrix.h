#pragma once

#include "coach/group/board.h"
#include "coach/group/member.h"

#include <vector>

namespace coach {

// Everybody's programs against everybody's: clients down, servers across, a table for each scenario that somebody has a program
// for. `members`: with their programs built, in the order of `works`, and the reference last, which has no work in it. A meeting
// is kept, and held again when one of its programs has changed. False: a signal came, and `interrupted_by` is its number.
bool hold_meetings(const Project& ours, const std::vector<Member>& members, const std::deque<Work>& works, long silence_ms,
                   const Console& console, std::vector<Table>& tables, int& interrupted_by);

} // namespace coach
