// Mistake: throws a text in place of the errno of recv()
// Caught by: Hostile.ReportsAReset
// Says: threw runtime_error
#include "13_length_prefix/length_prefix.h"

#include "07_send/send.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

std::size_t fill(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n == 0)
            break;
        if (n > 0)
            got += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            throw std::runtime_error{std::strerror(errno)};
    }
    return got;
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
    send_all(fd, frame);
}

std::optional<std::vector<std::byte>> read_frame(int fd, std::uint32_t max)
{
    std::array<std::byte, 4> header;
    const std::size_t got = fill(fd, header);
    if (got == 0)
        return std::nullopt;
    if (got < header.size())
        throw std::runtime_error{"cut in the size"};
    std::uint32_t size = 0;
    for (const std::byte b : header)
        size = size << 8 | std::to_integer<std::uint32_t>(b);
    if (size > max)
        throw std::length_error{"frame too large"};
    std::vector<std::byte> payload(size);
    if (fill(fd, payload) < size)
        throw std::runtime_error{"cut in the payload"};
    return payload;
}

} // namespace kata
