// Mistake: takes a piece that fills its buffer for the promise of more, and receives that first
// Caught by: Works.ReturnsALineAsSoonAsItIsThere
// Says: a complete line is returned at once
#include "12_line_framing/rest.h"

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = 0;
    do {
        n = ::recv(fd, chunk, sizeof chunk, 0);
        if (n < 0 && errno != EINTR)
            fail("recv");
        buffer.append(chunk, static_cast<std::size_t>(n > 0 ? n : 0));
    } while (n < 0 || n == static_cast<ssize_t>(sizeof chunk));
    return n > 0;
}

} // namespace kata
