// Mistake: counts in 32 bits how much may still come: of 4 GiB + 3 bytes, 3
// Caught by: Robust.TreatsTheMaximumAsALimit
// Says: came      "threw length_error"
#include "06_recv/rest.h"

#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    auto left = static_cast<unsigned>(max);
    std::vector<std::byte> all;
    std::byte block[4096];
    while (const std::size_t n = recv_some(fd, block)) {
        if (n > left)
            throw std::length_error{"too long"};
        left -= static_cast<unsigned>(n);
        all.insert(all.end(), block, block + n);
    }
    return all;
}

} // namespace kata
