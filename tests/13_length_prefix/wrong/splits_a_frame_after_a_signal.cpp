// Mistake: sends both parts at once, and what is left one by one: also where a signal came before the first byte
// Caught by: Robust.SendsASmallFrameInOneSegment
// Says: came      3
#include "13_length_prefix/rest.h"

#include <sys/uio.h>

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    Header header = encode(payload.size());
    iovec parts[2] = {{header.data(), header.size()}, {const_cast<std::byte*>(payload.data()), payload.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    const ssize_t n = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    if (n < 0 && errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "sendmsg"};
    const auto sent = static_cast<std::size_t>(n > 0 ? n : 0);
    if (sent < header.size())
        transmit(fd, std::span{header}.subspan(sent));
    transmit(fd, payload.subspan(sent > header.size() ? sent - header.size() : 0));
}

} // namespace kata
