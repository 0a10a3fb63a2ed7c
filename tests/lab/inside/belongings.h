#pragma once

#include "lab/flight/flight.h"

// In the child: what it had when the learner began, and what it still has when the learner is done.
namespace lab {

void remember_standard_files();
// The descriptors that it opened and did not close, and the standard ones that it closed. Nobody misses standard input. Below
// `first_own` stand those that it was given.
void keep_leaks(Arena& arena, int first_own);

int count_threads_at_first();
// A joined thread may still be seen for a moment; one that is detached gets the same moment to end.
bool threads_ended(int before);

} // namespace lab
