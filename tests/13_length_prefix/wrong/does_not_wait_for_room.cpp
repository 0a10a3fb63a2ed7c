// Mistake: sends what is left with MSG_DONTWAIT: where the peer is slow, a full buffer is an error in the middle of a frame
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: "EAGAIN"
#include "13_length_prefix/rest.h"

namespace kata {

void transmit(int fd, std::span<const std::byte> bytes)
{
    for (int flags = MSG_NOSIGNAL; !bytes.empty();) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), flags);
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "send"};
        bytes = bytes.subspan(n > 0 ? static_cast<std::size_t>(n) : 0);
        flags = MSG_NOSIGNAL | (n > 0 ? MSG_DONTWAIT : 0);
    }
}

} // namespace kata
