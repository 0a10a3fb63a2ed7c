// Mistake: collects in a static vector, which all threads share, to save an allocation
// Caught by: Robust.KeepsTheThreadsApart
// Says: expected  "helloworld"
#include "06_recv/rest.h"

#include <array>
#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    static std::vector<std::byte> all;
    all.clear();
    std::array<std::byte, 4096> block;
    while (const std::size_t n = recv_some(fd, block)) {
        if (n > max - all.size())
            throw std::length_error{"too long"};
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
    }
    return all;
}

} // namespace kata
