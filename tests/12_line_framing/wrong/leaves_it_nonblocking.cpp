// Mistake: makes the socket of its caller non-blocking, and leaves it so
// Caught by: Works.CutsTheStreamAtEachNewline
// Says: O_NONBLOCK
#include "12_line_framing/rest.h"

#include <fcntl.h>
#include <poll.h>

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    if (::fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK) < 0)
        fail("fcntl");
    char chunk[4096];
    ssize_t n = 0;
    while ((n = ::recv(fd, chunk, sizeof chunk, 0)) < 0) {
        pollfd input{fd, POLLIN, 0};
        if (errno != EINTR && errno != EAGAIN)
            fail("recv");
        if (errno == EAGAIN && ::poll(&input, 1, -1) < 0 && errno != EINTR)
            fail("poll");
    }
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
