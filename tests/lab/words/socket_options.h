#pragma once

#include "lab/flight/flight.h"

#include <string>

namespace lab {

std::string option_text(long level, long option); // "SO_REUSEADDR", "SOL_SOCKET, 99"
std::string option_value(const Event& event);     // of setsockopt() and getsockopt(): "1", "on, 0 s", "250 ms", "ECONNREFUSED"

} // namespace lab
