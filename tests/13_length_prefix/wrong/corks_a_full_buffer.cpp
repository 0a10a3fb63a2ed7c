// Mistake: gathers a frame in a buffer, and says MSG_MORE each time that this is full: also where the frame ends there
// Caught by: Robust.KeepsNothingForTheNextFrame
// Says: of a frame of 16380 bytes
#include "13_length_prefix/rest.h"

#include <algorithm>
#include <vector>

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    constexpr std::size_t room = 16384;
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    const Header header = encode(payload.size());
    std::vector<std::byte> buffer{header.begin(), header.end()};
    for (bool is_first = true; is_first || !payload.empty(); is_first = false) {
        const std::size_t part = std::min(room - buffer.size(), payload.size());
        buffer.insert(buffer.end(), payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(part));
        payload = payload.subspan(part);
        const int more = buffer.size() == room ? MSG_MORE : 0;
        for (std::span<const std::byte> left = buffer; !left.empty();) {
            const ssize_t n = ::send(fd, left.data(), left.size(), MSG_NOSIGNAL | more);
            if (n < 0 && errno != EINTR)
                throw std::system_error{errno, std::generic_category(), "send"};
            left = left.subspan(n > 0 ? static_cast<std::size_t>(n) : 0);
        }
        buffer.clear();
    }
}

} // namespace kata
