#pragma once

#include "lab/words/describe.h"

#include <string>

namespace lab {

std::string arguments(const Event& event, PortNames& ports);       // "3, 127.0.0.1:0"
std::string poll_events(long events);                              // "IN|HUP"
std::string file_flags(long flags);                                // "O_NONBLOCK"; "0" for none
std::string looks_text(const Event& event, short Looked::*events); // "3: IN, 4: OUT", of a call that waits for several
// The first bytes that a call moved, at most `most`, in quotes; ".." when there were more than were kept.
std::string head(const Event& event, long size, std::size_t most);
std::string control_text(const Event& event); // ", IP_PKTINFO 127.0.0.2"

} // namespace lab
