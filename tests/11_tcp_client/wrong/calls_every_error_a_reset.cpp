// Mistake: takes any error of recv() for a reset
// Caught by: Robust.TellsWhicheverCallOfAnExchangeFails
// Says: came      ", reset"
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_some(Exchange& x)
{
    std::byte piece[16384];
    const ssize_t n = ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) {
        x.answer.end = n < 0 || x.reset ? End::reset : End::finished;
        return false;
    }
    if (n > 0)
        x.answer.bytes.insert(x.answer.bytes.end(), piece, piece + n);
    return true;
}

} // namespace kata
