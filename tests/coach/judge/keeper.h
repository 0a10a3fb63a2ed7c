#pragma once

namespace coach {

// What a program that we do not know may take.
struct Limits {
    long memory_mb = 2048; // resident, all its processes together
    int processes = 256;   // at once
    long cpu_s = 300;      // of each process (RLIMIT_CPU)
};
Limits limits_of_this_machine(); // half of its memory at most: two such programs run at once

// For a child that is going to become such a program: returns in a child of its own, which becomes it. The process that called
// stays, and never returns: it is the program's keeper. What the program starts, in whatever group or session, falls to the
// keeper (PR_SET_CHILD_SUBREAPER), which ends all of it when the program has ended, when it takes more than `limits`, and on
// SIGTERM; SIGINT is passed on first, and waited for half a second. Then the keeper ends as the program did: with its status,
// or with 128 + the signal. That a limit was broken stands as the last line on descriptor 2.
void keep(const Limits& limits);

} // namespace coach
