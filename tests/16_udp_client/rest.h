#pragma once

// The parts of a client, for answers that write some of them themselves and take the rest from rest.cpp.
#include "16_udp_client/udp_client.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

using Clock = std::chrono::steady_clock;
using Bytes = std::vector<std::byte>;

inline std::array<std::byte, 4> in_bytes(std::uint32_t id)
{
    return {std::byte(id >> 24), std::byte(id >> 16), std::byte(id >> 8), std::byte(id)};
}

void transmit(int fd, const Bytes& request);
bool is_readable_before(Clock::time_point end, int fd);
Bytes receive(int fd); // "" where nothing is there after all
bool answers(const Bytes& datagram, const Bytes& request);

} // namespace kata
