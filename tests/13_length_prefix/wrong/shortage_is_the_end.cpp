// Mistake: takes a failure of the first recv() for the end of the stream
// Caught by: Hostile.TellsWhicheverCallFails
// Says: came      the end
#include "13_length_prefix/length_prefix.h"

#include "06_recv/recv.h"
#include "07_send/send.h"

#include <array>
#include <stdexcept>
#include <system_error>

namespace kata {

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
    std::size_t got = 0;
    try {
        got = recv_exactly(fd, header);
    } catch (const std::system_error& e) {
        if (e.code() == std::errc::connection_reset || e.code() == std::errc::resource_unavailable_try_again)
            throw;
    }
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
