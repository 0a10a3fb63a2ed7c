// Mistake: adds the size of both parts in 32 bits: 0xFFFFFFFC and 4 are 0, nothing is sent, and that looks like success
// Caught by: Robust.WritesAFrameOfAnySize
// Says: it returned
#include "13_length_prefix/rest.h"

#include <sys/uio.h>

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    Header header = encode(payload.size());
    const std::uint32_t total = static_cast<std::uint32_t>(payload.size()) + 4;
    for (std::size_t sent = 0; sent < total;) {
        const std::span<std::byte> head = std::span{header}.subspan(sent < 4 ? sent : 4);
        const std::span<const std::byte> body = payload.subspan(sent > 4 ? sent - 4 : 0);
        iovec parts[2] = {{head.data(), head.size()}, {const_cast<std::byte*>(body.data()), body.size()}};
        msghdr message{};
        message.msg_iov = parts;
        message.msg_iovlen = 2;
        const ssize_t n = ::sendmsg(fd, &message, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "sendmsg"};
        sent += static_cast<std::size_t>(n > 0 ? n : 0);
    }
}

} // namespace kata
