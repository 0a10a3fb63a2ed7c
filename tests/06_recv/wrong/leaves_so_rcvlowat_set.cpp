// Mistake: sets SO_RCVLOWAT, so that recv() wakes up when enough has come, and leaves it so
// Caught by: Works.FillsTheSpan
// Says: SO_RCVLOWAT
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_exactly(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const int missing = static_cast<int>(out.size() - got);
        if (::setsockopt(fd, SOL_SOCKET, SO_RCVLOWAT, &missing, sizeof missing) < 0)
            fail("setsockopt");
        const std::size_t n = recv_some(fd, out.subspan(got));
        if (n == 0)
            break;
        got += n;
    }
    return got;
}

} // namespace kata
