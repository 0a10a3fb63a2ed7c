#pragma once

#include "outcome.h"

#include <string>
#include <vector>

// A learner, and all that is noticed in its calls: one sentence a line; nothing for correct code.
namespace lab {

struct Noticed {
    const char* name;
    const char* says;
    std::function<void()> body; // descriptor 3 is the wire to ann
    Scene scene{};
};
inline void PrintTo(const Noticed& learner, std::ostream* out) { *out << learner.name; }

// The tables, each in a file of its own.
std::vector<Noticed> learners_that_move_bytes();
std::vector<Noticed> learners_that_wait();
std::vector<Noticed> learners_with_sockets();
std::vector<Noticed> learners_with_addresses();

} // namespace lab
