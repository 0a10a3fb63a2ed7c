#pragma once

// The parts of send_all(), for answers that write some of them themselves and take the rest from rest.cpp.
#include "07_send/send.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

[[noreturn]] inline void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

void wait_for_room(int fd);

} // namespace kata
