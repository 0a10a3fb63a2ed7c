// Mistake: doubles its buffer, and lets recv() fill all of it: up to max bytes beyond max
// Caught by: Hostile.StopsAFlood
// Says: at most 197536 bytes taken
#include "06_recv/rest.h"

#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::vector<std::byte> all(16'384);
    std::size_t got = 0;
    while (const std::size_t n = recv_some(fd, std::span{all}.subspan(got))) {
        got += n;
        if (got > max)
            throw std::length_error{"too long"};
        if (got == all.size())
            all.resize(all.size() * 2);
    }
    all.resize(got);
    all.shrink_to_fit();
    return all;
}

} // namespace kata
