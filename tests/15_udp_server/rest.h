#pragma once

// The parts of a server, for answers that write some of them themselves and take the rest from rest.cpp.
#include "15_udp_server/udp_server.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from); // the size that was sent
bool send_back(int fd, std::span<const std::byte> datagram, const Endpoint& to);
bool is_an_earlier_answers(int error);

} // namespace kata
