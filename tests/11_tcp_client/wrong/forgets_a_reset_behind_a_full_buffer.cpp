// Mistake: looks for more behind a full buffer, and forgets what fails there: a reset is told once, and the next recv() gives 0
// Caught by: Hostile.TellsAResetBehindAFullBuffer
// Says: , finished
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_some(Exchange& x)
{
    std::byte piece[8192];
    ssize_t n = ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno == ECONNRESET)) {
        x.answer.end = n < 0 || x.reset ? End::reset : End::finished;
        return false;
    }
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    while (n > 0) {
        x.answer.bytes.insert(x.answer.bytes.end(), piece, piece + n);
        n = n == static_cast<ssize_t>(sizeof piece) ? ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT) : 0;
    }
    return true;
}

} // namespace kata
