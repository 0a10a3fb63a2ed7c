// Mistake: takes a reset for an error of its own, and throws it with all that came
// Caught by: Hostile.ReadsToTheEndOfAPeerThatReset
// Says: Connection reset by peer
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_some(Exchange& x)
{
    std::byte piece[16384];
    const ssize_t n = ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0) {
        x.answer.end = x.reset ? End::reset : End::finished;
        return false;
    }
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    if (n > 0)
        x.answer.bytes.insert(x.answer.bytes.end(), piece, piece + n);
    return true;
}

} // namespace kata
