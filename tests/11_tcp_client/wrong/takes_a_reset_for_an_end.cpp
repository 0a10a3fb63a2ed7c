// Mistake: takes every recv() that gives no bytes for the end of the stream
// Caught by: Robust.SaysWhyItCannotTalk
// Says: ECONNRESET
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_more(int fd, std::string& received)
{
    char piece[16384];
    ssize_t n = 0;
    do
        n = ::recv(fd, piece, sizeof piece, 0);
    while (n < 0 && errno == EINTR);
    received.append(piece, static_cast<std::size_t>(n > 0 ? n : 0));
    return n > 0;
}

} // namespace kata
