// Mistake: refuses what is more than 4 GiB, but 4 GiB itself does not fit into four bytes either: it is 0 there
// Caught by: Hostile.RefusesToWriteMoreThanFourBytesCanSay
// Says: throw, and send nothing
#include "13_length_prefix/rest.h"

namespace kata {

void write_frame(int fd, std::span<const std::byte> payload)
{
    if (payload.size() > std::size_t{1} << 32)
        throw std::length_error{"a frame's payload has at most 4 GiB"};
    const Header header = encode(payload.size());
    std::vector<std::byte> frame{header.begin(), header.end()};
    if (payload.size() <= 1024) {
        frame.insert(frame.end(), payload.begin(), payload.end());
        payload = {};
    }
    transmit(fd, frame);
    transmit(fd, payload);
}

} // namespace kata
