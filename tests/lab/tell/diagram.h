#pragma once

#include "lab/tell/screen.h"

#include <cstdint>
#include <string>

namespace lab {

class Supervisor;

constexpr std::uint32_t nowhere = UINT32_MAX;

// The sequence diagram of a run: a row for each call, act and printed line, in the order in which they happened; the same text
// on every run but for the times. `deviation` is the number of the event at which the demand that failed first stood: its row
// is marked, and the text ends soon after it.
std::string draw(const Supervisor& run, std::uint32_t deviation = nowhere, std::size_t width = no_limit);

} // namespace lab
