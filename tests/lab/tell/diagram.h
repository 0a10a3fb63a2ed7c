#pragma once

#include <string>

namespace lab {

class Supervisor;

// The sequence diagram of a run: one row for each call, act and printed line, in the order in which they happened; the same
// text on every run but for the times.
std::string draw(const Supervisor& run);

} // namespace lab
