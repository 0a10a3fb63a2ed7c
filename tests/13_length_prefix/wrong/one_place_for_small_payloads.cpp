// Mistake: receives small payloads into one static place: a second thread overwrites what has come for a first one
// Caught by: Robust.ReadsInTwoThreadsAtOnce
// Says: HIllo
#include "13_length_prefix/rest.h"

namespace kata {

std::optional<std::vector<std::byte>> read_frame(int fd, std::uint32_t max)
{
    Header header;
    const std::size_t got = receive(fd, header);
    if (got == 0)
        return std::nullopt;
    if (got < header.size())
        throw std::runtime_error{"cut in the size"};
    const std::uint32_t size = checked_size(header, max);
    static std::array<std::byte, 4096> small;
    std::vector<std::byte> large(size > small.size() ? size : 0);
    const std::span<std::byte> payload = large.empty() ? std::span{small}.first(size) : large;
    if (receive(fd, payload) < size)
        throw std::runtime_error{"cut in the payload"};
    return std::vector<std::byte>{payload.begin(), payload.end()};
}

} // namespace kata
