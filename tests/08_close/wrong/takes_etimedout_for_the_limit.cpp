// Mistake: tells ETIMEDOUT, with which the kernel gives a connection up, as its own limit
// Caught by: Robust.KnowsASilentPeerFromOneThatIsGone
// Says: ETIMEDOUT
#include "08_close/rest.h"

namespace kata {

std::optional<CloseResult> read_once(int fd)
{
    char unwanted[16384];
    const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
    if (n == 0)
        return CloseResult::clean;
    if (n < 0 && (errno == ECONNRESET || errno == ETIMEDOUT))
        return errno == ECONNRESET ? CloseResult::peer_reset : CloseResult::timed_out;
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    return std::nullopt;
}

} // namespace kata
