// Mistake: writes what is left of a size of more than 32 bits
// Caught by: Hostile.RefusesToWriteMoreThanFourBytesCanSay
// Says: it returned
#include "13_length_prefix/length_prefix.h"

#include "06_recv/recv.h"
#include "07_send/send.h"

#include <array>
#include <stdexcept>

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    std::vector<std::byte> frame(4);
    for (int i = 0; i < 4; ++i)
        frame[static_cast<std::size_t>(i)] = std::byte(payload.size() >> (24 - 8 * i));
    frame.insert(frame.end(), payload.begin(), payload.begin() + static_cast<std::uint32_t>(payload.size()));
    send_all(fd, frame);
}

std::optional<std::vector<std::byte>> read_frame(int fd, std::uint32_t max)
{
    std::array<std::byte, 4> header;
    const std::size_t got = recv_exactly(fd, header);
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
    if (recv_exactly(fd, payload) < size)
        throw std::runtime_error{"cut in the payload"};
    return payload;
}

} // namespace kata
