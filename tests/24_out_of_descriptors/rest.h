#pragma once

// The parts of an acceptor, for answers that write one of them themselves and take the others from rest.cpp.
#include "24_out_of_descriptors/out_of_descriptors.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

using Clock = std::chrono::steady_clock;
constexpr auto for_ever = Clock::time_point::max();

bool is_shortage(int error);                  // for which nothing is thrown
bool can_shed(int error);                     // of these: what a reserve helps against
Clock::time_point end_of(int limit_ms);       // from now
int left_until(Clock::time_point end);        // in ms, as poll(2) takes it
bool has_come(int fd, Clock::time_point end); // waits until it can be read
void rests(Clock::time_point end);            // a moment, but no longer
UniqueFd open_reserve(int listen_fd);
UniqueFd take_client(int listen_fd); // the first of the queue, for shed_one(); none when nobody is there, or nothing is free

} // namespace kata
