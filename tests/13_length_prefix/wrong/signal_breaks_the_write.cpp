// Mistake: takes EINTR of send() for an error: a frame stops in its middle
// Caught by: Robust.WritesTheRest
// Says: send: Interrupted system call
#include "13_length_prefix/length_prefix.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

std::size_t receive(int fd, std::byte* out, std::size_t size)
{
    std::size_t got = 0;
    while (got < size) {
        const ssize_t n = ::recv(fd, out + got, size - got, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            throw std::system_error{errno, std::generic_category(), "recv"};
        if (n == 0)
            break;
        got += static_cast<std::size_t>(n);
    }
    return got;
}

void transmit(int fd, const std::byte* bytes, std::size_t size)
{
    while (size > 0) {
        const ssize_t n = ::send(fd, bytes, size, MSG_NOSIGNAL);
        if (n < 0)
            throw std::system_error{errno, std::generic_category(), "send"};
        bytes += n;
        size -= static_cast<std::size_t>(n);
    }
}

} // namespace

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"frame too large"};
    std::vector<std::byte> frame(4);
    for (int i = 0; i < 4; ++i)
        frame[static_cast<std::size_t>(i)] = std::byte(payload.size() >> (24 - 8 * i));
    frame.insert(frame.end(), payload.begin(), payload.end());
    transmit(fd, frame.data(), frame.size());
}

std::optional<std::vector<std::byte>> read_frame(int fd, std::uint32_t max)
{
    std::byte header[4];
    const std::size_t got = receive(fd, header, sizeof header);
    if (got == 0)
        return std::nullopt;
    if (got < sizeof header)
        throw std::runtime_error{"cut in the size"};
    std::uint32_t size = 0;
    for (const std::byte b : header)
        size = size * 256 + std::to_integer<std::uint32_t>(b);
    if (size > max)
        throw std::length_error{"frame too large"};
    std::vector<std::byte> payload(size);
    if (receive(fd, payload.data(), size) < size)
        throw std::runtime_error{"cut in the payload"};
    return payload;
}

} // namespace kata
