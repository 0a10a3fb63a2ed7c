// Mistake: takes a piece that fills its buffer for the promise of more, and receives that first
// Caught by: Robust.PrintsAnAnswerThatFillsItsBuffer
// Says: asleep in recv(
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_more(int fd, std::string& received)
{
    char piece[4096];
    ssize_t n = 0;
    do {
        n = ::recv(fd, piece, sizeof piece, 0);
        if (n < 0 && errno != EINTR)
            fail("recv");
        received.append(piece, static_cast<std::size_t>(n > 0 ? n : 0));
    } while (n == static_cast<ssize_t>(sizeof piece));
    return n != 0;
}

} // namespace kata
