#pragma once

// The parts of graceful_close(), for answers that write some of them themselves and take the rest from rest.cpp.
#include "08_close/close.h"

#include <cerrno>
#include <chrono>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

using Clock = std::chrono::steady_clock;

[[noreturn]] inline void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

bool says_it_has_finished(int fd);            // false: the connection was reset before
std::optional<CloseResult> read_once(int fd); // nullopt: the stream goes on
void wait_for_more(int fd, Clock::time_point end);
CloseResult drain(int fd, Clock::time_point end);

} // namespace kata
