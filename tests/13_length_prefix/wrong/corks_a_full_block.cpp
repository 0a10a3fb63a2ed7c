// Mistake: sends blocks of 64 KiB, and says MSG_MORE with each that is full: also with the last one, where the frame ends there
// Caught by: Robust.SaysMoreOnlyWhereMoreComes
// Says: your last send() said MSG_MORE
#include "13_length_prefix/rest.h"

#include <algorithm>

namespace kata {

void transmit(int fd, std::span<const std::byte> bytes)
{
    constexpr std::size_t block = 65536;
    while (!bytes.empty()) {
        const std::size_t part = std::min(bytes.size(), block);
        const ssize_t n = ::send(fd, bytes.data(), part, MSG_NOSIGNAL | (part == block ? MSG_MORE : 0));
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "send"};
        bytes = bytes.subspan(n > 0 ? static_cast<std::size_t>(n) : 0);
    }
}

} // namespace kata
