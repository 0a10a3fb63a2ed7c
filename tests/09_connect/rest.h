#pragma once

// The parts of the answer, for answers that write some of its functions themselves and take the rest from rest.cpp.
#include "09_connect/connect.h"

#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <vector>

namespace kata {

int wait_for_the_end(int fd);                      // of an attempt that a signal made us leave: 0, or why it failed
int try_to_connect(int fd, const Endpoint& to);    // 0, or why it failed
[[noreturn]] void throw_lookup_error(int problem); // of getaddrinfo()
std::vector<Endpoint> look_up(std::string_view host, std::string_view service);

} // namespace kata
