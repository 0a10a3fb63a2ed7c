// Mistake: closes a descriptor that was only lent: the connection is dead, so nobody will want it any more
// Caught by: Hostile.TellsThatTheConnectionIsDead
// Says: descriptor 3 is open when the connection is dead
#include "12_line_framing/rest.h"

#include <unistd.h>

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = 0;
    do
        n = ::recv(fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        const int error = errno;
        if (error == ETIMEDOUT)
            ::close(fd);
        errno = error;
        fail("recv");
    }
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
