// Mistake: tries to write again when there is no memory
// Caught by: Robust.ThrowsWhatNoNextTryMends
// Says: came      no exception
#include "13_length_prefix/length_prefix.h"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/uio.h>
#include <system_error>

namespace kata {

namespace {

constexpr std::size_t header_size = 4;
using Header = std::array<std::byte, header_size>;

Header encode(std::uint32_t size)
{
    return {std::byte(size >> 24), std::byte(size >> 16), std::byte(size >> 8), std::byte(size)};
}

std::uint32_t decode(const Header& header)
{
    std::uint32_t size = 0;
    for (const std::byte b : header)
        size = size << 8 | std::to_integer<std::uint32_t>(b);
    return size;
}

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "recv"};
        if (n == 0)
            break;
        got += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return got;
}

} // namespace

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    const Header header = encode(static_cast<std::uint32_t>(payload.size()));
    const std::size_t total = header_size + payload.size();
    for (std::size_t sent = 0; sent < total;) {
        const std::span<const std::byte> head = std::span{header}.subspan(sent < header_size ? sent : header_size);
        const std::span<const std::byte> body = payload.subspan(sent > header_size ? sent - header_size : 0);
        std::array<iovec, 2> parts{
            {{const_cast<std::byte*>(head.data()), head.size()}, {const_cast<std::byte*>(body.data()), body.size()}}};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const ssize_t n = ::sendmsg(fd, &message, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR && errno != ENOBUFS && errno != ENOMEM)
            throw std::system_error{errno, std::generic_category(), "sendmsg"};
        sent += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
}

std::optional<std::vector<std::byte>> read_frame(int fd, std::uint32_t max)
{
    Header header;
    const std::size_t got = receive(fd, header);
    if (got == 0)
        return std::nullopt;
    if (got < header_size)
        throw std::runtime_error{"the stream ended inside a frame's size"};
    const std::uint32_t size = decode(header);
    if (size > max)
        throw std::length_error{"a frame is larger than allowed"};
    std::vector<std::byte> payload(size);
    if (receive(fd, payload) < size)
        throw std::runtime_error{"the stream ended inside a frame's payload"};
    return payload;
}

} // namespace kata
