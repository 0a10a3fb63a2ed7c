// Mistake: at max it looks with MSG_DONTWAIT whether more is there, and takes "not yet" for the end
// Caught by: Hostile.CountsAllPiecesForTheMaximum
// Says: came      "hello"
#include "06_recv/rest.h"

#include <array>
#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::array<std::byte, 4096> block;
    std::vector<std::byte> all;
    while (all.size() < max) {
        const std::size_t n = recv_some(fd, block);
        if (n == 0)
            return all;
        if (n > max - all.size())
            throw std::length_error{"too long"};
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
    }
    if (max == 0 ? recv_some(fd, block) > 0 : ::recv(fd, block.data(), 1, MSG_DONTWAIT) > 0)
        throw std::length_error{"too long"};
    return all;
}

} // namespace kata
