// Mistake: the kernel has given the peer up, and that is told as the end of the caller's limit
// Caught by: Robust.KnowsASilentPeerFromOneThatIsGone
// Says: came      no exception
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_some(Exchange& x)
{
    std::byte piece[16384];
    const ssize_t n = ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n < 0 && errno == ETIMEDOUT)
        return false; // x.answer.end is timed_out already
    if (n == 0 || (n < 0 && errno == ECONNRESET)) {
        x.answer.end = n < 0 || x.reset ? End::reset : End::finished;
        return false;
    }
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    if (n > 0)
        x.answer.bytes.insert(x.answer.bytes.end(), piece, piece + n);
    return true;
}

} // namespace kata
