// Mistake: puts small frames together in one static place: a second thread overwrites what a first one has still to send
// Caught by: Robust.WritesInTwoThreadsAtOnce
// Says: HIllo
#include "13_length_prefix/rest.h"

#include <algorithm>

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    const Header header = encode(payload.size());
    static std::array<std::byte, header.size() + 1024> frame;
    if (payload.size() <= 1024) {
        std::copy(payload.begin(), payload.end(), std::copy(header.begin(), header.end(), frame.begin()));
        transmit(fd, std::span{frame}.first(header.size() + payload.size()));
        return;
    }
    transmit(fd, header);
    transmit(fd, payload);
}

} // namespace kata
