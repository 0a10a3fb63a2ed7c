// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "13_length_prefix/rest.h"

namespace kata {

[[gnu::weak]] std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "recv"};
        got += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return got;
}

[[gnu::weak]] std::uint32_t checked_size(const Header& header, std::uint32_t max)
{
    std::uint32_t size = 0;
    for (const std::byte b : header)
        size = size << 8 | std::to_integer<std::uint32_t>(b);
    return size <= max ? size : throw std::length_error{"a frame is larger than allowed"};
}

[[gnu::weak]] void transmit(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "send"};
        bytes = bytes.subspan(n > 0 ? static_cast<std::size_t>(n) : 0);
    }
}

[[gnu::weak]] void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    const Header header = encode(payload.size());
    std::vector<std::byte> frame{header.begin(), header.end()};
    frame.insert(frame.end(), payload.begin(), payload.end());
    transmit(fd, frame);
}

[[gnu::weak]] std::optional<std::vector<std::byte>> read_frame(int fd, std::uint32_t max)
{
    Header header;
    const std::size_t got = receive(fd, header);
    if (got == 0)
        return std::nullopt;
    if (got < header.size())
        throw std::runtime_error{"cut in the size"};
    std::vector<std::byte> payload(checked_size(header, max));
    if (receive(fd, payload) < payload.size())
        throw std::runtime_error{"cut in the payload"};
    return payload;
}

} // namespace kata
