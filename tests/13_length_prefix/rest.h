#pragma once

// The parts of both functions, for answers that write some of them themselves and take the rest from rest.cpp.
#include "13_length_prefix/length_prefix.h"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

using Header = std::array<std::byte, 4>;

inline Header encode(std::size_t size)
{
    return {std::byte(size >> 24), std::byte(size >> 16), std::byte(size >> 8), std::byte(size)};
}

std::size_t receive(int fd, std::span<std::byte> out); // how many bytes came before the end of the stream
std::uint32_t checked_size(const Header& header, std::uint32_t max);
void transmit(int fd, std::span<const std::byte> bytes); // all of them

} // namespace kata
