// Mistake: a peer that cannot be reached any more is gone as well, so it says peer_reset
// Caught by: Robust.KnowsASilentPeerFromOneThatIsGone
// Says: came      no exception
#include "08_close/rest.h"

namespace kata {

std::optional<CloseResult> read_once(int fd)
{
    char unwanted[16384];
    const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
    if (n == 0)
        return CloseResult::clean;
    if (n < 0 && (errno == ECONNRESET || errno == EHOSTUNREACH || errno == ENETUNREACH))
        return CloseResult::peer_reset;
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    return std::nullopt;
}

} // namespace kata
