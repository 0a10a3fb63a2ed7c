// Mistake: writes the three lower bytes of the size, and a zero above them
// Caught by: Robust.WritesAFrameOfAnySize
// Says: the four bytes of the size of a frame of 16909060 bytes
#include "13_length_prefix/rest.h"

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    const Header header = encode(payload.size() & 0xFFFFFF);
    std::vector<std::byte> frame{header.begin(), header.end()};
    frame.insert(frame.end(), payload.begin(), payload.end());
    transmit(fd, frame);
}

} // namespace kata
