// Mistake: takes an interrupted recv() for the end of the answer
// Caught by: Robust.FinishesWhatSendLeftOver
// Says: came      ", finished"
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_some(Exchange& x)
{
    std::byte piece[16384];
    const ssize_t n = ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN)) {
        x.answer.end = (n < 0 && errno == ECONNRESET) || x.reset ? End::reset : End::finished;
        return false;
    }
    if (n > 0)
        x.answer.bytes.insert(x.answer.bytes.end(), piece, piece + n);
    return true;
}

} // namespace kata
