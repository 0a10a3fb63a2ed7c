// Mistake: when it has max bytes it looks for one more, and takes whatever is none for the end: a reset, a timeout
// Caught by: Hostile.TellsAResetFromTheEnd
// Says: came      "hel"
#include "06_recv/rest.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::array<std::byte, 16384> block;
    std::vector<std::byte> all;
    while (all.size() < max) {
        const std::size_t n = recv_some(fd, std::span{block}.first(std::min(block.size(), max - all.size())));
        if (n == 0)
            return all;
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
    }
    ssize_t more = 0;
    do
        more = ::recv(fd, block.data(), 1, 0);
    while (more < 0 && errno == EINTR);
    if (more > 0)
        throw std::length_error{"longer than allowed"};
    return all;
}

} // namespace kata
