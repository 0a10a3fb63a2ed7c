// Mistake: after a short count and a FIN it expects nothing more: a recv that was cut left the rest in the kernel
// Caught by: Robust.ReadsWhatStandsBeforeTheEnd
// Says: expected  "40000 bytes, unchanged"
#include "06_recv/rest.h"

#include <array>
#include <poll.h>
#include <stdexcept>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::array<std::byte, 4096> block;
    std::vector<std::byte> all;
    while (const std::size_t n = recv_some(fd, block)) {
        if (n > max - all.size())
            throw std::length_error{"too long"};
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
        pollfd end{fd, POLLRDHUP, 0};
        if (n < block.size() && ::poll(&end, 1, 0) > 0 && (end.revents & POLLERR) == 0)
            break;
    }
    return all;
}

} // namespace kata
