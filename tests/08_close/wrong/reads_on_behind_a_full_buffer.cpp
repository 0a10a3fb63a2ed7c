// Mistake: takes a full buffer for the promise of more, and waits for it
// Caught by: Hostile.ATrickleBuysNoTime
// Says: asleep in recv(3
#include "08_close/rest.h"

namespace kata {

std::optional<CloseResult> read_once(int fd)
{
    char unwanted[4096];
    ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
    while (n == static_cast<ssize_t>(sizeof unwanted))
        n = ::recv(fd, unwanted, sizeof unwanted, 0);
    if (n == 0)
        return CloseResult::clean;
    if (n < 0 && errno == ECONNRESET)
        return CloseResult::peer_reset;
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    return std::nullopt;
}

} // namespace kata
