// Mistake: with a part in hand it tells that part, and leaves the error to the next call: a short count says "the end"
// Caught by: Hostile.TellsWhicheverCallFails
// Says: came      3 bytes
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_exactly(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (got == 0 || errno == ECONNRESET || errno == EAGAIN))
            fail("recv");
        if (n <= 0)
            break;
        got += static_cast<std::size_t>(n);
    }
    return got;
}

} // namespace kata
