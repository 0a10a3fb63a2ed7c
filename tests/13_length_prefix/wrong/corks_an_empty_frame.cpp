// Mistake: sends the size with MSG_MORE, and nothing behind it where the payload is empty
// Caught by: Robust.KeepsNothingForTheNextFrame
// Says: of a frame of 0 bytes
#include "13_length_prefix/rest.h"

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    const Header header = encode(payload.size());
    std::span<const std::byte> left = header;
    while (!left.empty()) {
        const ssize_t n = ::send(fd, left.data(), left.size(), MSG_NOSIGNAL | MSG_MORE);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "send"};
        left = left.subspan(n > 0 ? static_cast<std::size_t>(n) : 0);
    }
    transmit(fd, payload);
}

} // namespace kata
