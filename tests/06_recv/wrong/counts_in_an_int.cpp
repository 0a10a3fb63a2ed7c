// Mistake: counts what is missing in an int
// Caught by: Robust.CountsBeyondFourGigabytes
// Says: bytes, and then the end
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_exactly(int fd, std::span<std::byte> out)
{
    const int size = static_cast<int>(out.size());
    int got = 0;
    while (got < size) {
        const std::size_t n = recv_some(fd, out.subspan(static_cast<std::size_t>(got), static_cast<std::size_t>(size - got)));
        if (n == 0)
            break;
        got += static_cast<int>(n);
    }
    return static_cast<std::size_t>(got);
}

} // namespace kata
