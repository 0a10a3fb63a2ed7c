// Mistake: takes one recv() for the whole answer
// Caught by: Works.SendsARequestAndReadsTheAnswer
// Says: he\x00llo , finished
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_some(Exchange& x)
{
    std::byte piece[16384];
    const ssize_t n = ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno == ECONNRESET)) {
        x.answer.end = n < 0 || x.reset ? End::reset : End::finished;
        return false;
    }
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    if (n < 0)
        return true;
    x.answer = {{piece, piece + n}, End::finished};
    return false;
}

} // namespace kata
