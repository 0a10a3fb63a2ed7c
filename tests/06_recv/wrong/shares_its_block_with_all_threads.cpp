// Mistake: the block is static, to spare the stack: all threads read into the same one
// Caught by: Robust.KeepsTheirBytesApart
// Says: came      "HELLO"
#include "06_recv/rest.h"

#include <array>
#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    static std::array<std::byte, 65536> block;
    std::vector<std::byte> all;
    while (const std::size_t n = recv_some(fd, block)) {
        if (n > max - all.size())
            throw std::length_error{"too long"};
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
    }
    return all;
}

} // namespace kata
