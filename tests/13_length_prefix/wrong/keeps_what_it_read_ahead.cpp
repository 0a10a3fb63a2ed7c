// Mistake: reads ahead, and keeps the rest in a buffer of its own for the next call
// Caught by: Works.LeavesTheNextFrameInTheSocket
// Says: stays in the socket
#include "13_length_prefix/length_prefix.h"

#include "06_recv/recv.h"
#include "07_send/send.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <sys/socket.h>
#include <vector>

namespace kata {

namespace {

std::vector<std::byte> ahead;

std::size_t take(int fd, std::span<std::byte> out)
{
    while (ahead.size() < out.size()) {
        std::array<std::byte, 4096> block;
        std::size_t n = recv_exactly(fd, std::span{block}.first(1)); // sleeps until something is there
        if (n == 0)
            break;
        const ssize_t more = ::recv(fd, block.data() + 1, block.size() - 1, MSG_DONTWAIT);
        n += more > 0 ? static_cast<std::size_t>(more) : 0;
        ahead.insert(ahead.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
    }
    const std::size_t n = std::min(ahead.size(), out.size());
    std::copy_n(ahead.begin(), n, out.begin());
    ahead.erase(ahead.begin(), ahead.begin() + static_cast<std::ptrdiff_t>(n));
    return n;
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
    const std::size_t got = take(fd, header);
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
    if (take(fd, payload) < size)
        throw std::runtime_error{"cut in the payload"};
    return payload;
}

} // namespace kata
