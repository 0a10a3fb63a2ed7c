// Mistake: writes the two lower bytes of the size, and zeros above them
// Caught by: Works.WritesTheSizeAndThePayload
// Says: \x00\x01\x02\x03
#include "13_length_prefix/rest.h"

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > 0xFFFFFFFF)
        throw std::length_error{"a frame's payload has at most 0xFFFFFFFF bytes"};
    const Header header = encode(payload.size() & 0xFFFF);
    std::vector<std::byte> frame{header.begin(), header.end()};
    frame.insert(frame.end(), payload.begin(), payload.end());
    transmit(fd, frame);
}

} // namespace kata
