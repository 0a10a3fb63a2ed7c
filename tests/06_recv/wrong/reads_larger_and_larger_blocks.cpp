// Mistake: a long stream is read in larger blocks, up to 1 MiB, and so far beyond the limit
// Caught by: Hostile.StopsAFlood
// Says: at most 355536 bytes taken
#include "06_recv/rest.h"

#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::vector<std::byte> block(16'384), all;
    while (const std::size_t n = recv_some(fd, block)) {
        if (n > max - all.size())
            throw std::length_error{"too long"};
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
        if (block.size() < 1'048'576 && all.size() > 4 * block.size())
            block.resize(2 * block.size());
    }
    return all;
}

} // namespace kata
