#pragma once

// For answers that write one of these functions themselves and take the rest from rest.cpp.
#include "05_accept/accept.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

[[noreturn]] inline void fail(int error, const char* what) { throw std::system_error{error, std::generic_category(), what}; }

// What ended one connection, or only interrupted accept.
bool is_passing(int error);

// One call of accept4. When it fails: nobody, with errno.
std::optional<Accepted> take(int listen_fd);

} // namespace kata
