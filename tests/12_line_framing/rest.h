#pragma once

// The parts of a reader, for answers that write some of them themselves and take the rest from rest.cpp.
#include "12_line_framing/line_framing.h"

#include <cerrno>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

[[noreturn]] inline void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

bool receive_more(int fd, std::string& buffer); // false: the end of the stream
void check_size(int fd, const std::string& buffer, std::size_t size, std::size_t max_line);
std::string without_ending(std::string line);

} // namespace kata
