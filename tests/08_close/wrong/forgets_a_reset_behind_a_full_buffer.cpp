// Mistake: looks for more behind a full buffer, and forgets what fails there: a reset is told once, and the next recv() gives 0
// Caught by: Hostile.TellsAResetBehindAFullBuffer
// Says: expected  "peer_reset"
#include "08_close/rest.h"

namespace kata {

std::optional<CloseResult> read_once(int fd)
{
    char unwanted[4096];
    const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
    if (n == 0)
        return CloseResult::clean;
    if (n < 0 && errno == ECONNRESET)
        return CloseResult::peer_reset;
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    if (n == static_cast<ssize_t>(sizeof unwanted))
        (void)::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
    return std::nullopt;
}

} // namespace kata
