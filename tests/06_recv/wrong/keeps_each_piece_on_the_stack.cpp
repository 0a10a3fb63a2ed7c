// Mistake: calls itself for what comes behind each piece, with a block on the stack each time: many pieces overflow it
// Caught by: Robust.ReadsWhatStandsBeforeTheEnd
// Says: in however many pieces
#include "06_recv/rest.h"

#include <array>
#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::array<std::byte, 16384> block;
    const std::size_t n = recv_some(fd, block);
    if (n == 0)
        return {};
    if (n > max)
        throw std::length_error{"longer than allowed"};
    std::vector<std::byte> rest = recv_until_eof(fd, max - n);
    rest.insert(rest.begin(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
    return rest;
}

} // namespace kata
