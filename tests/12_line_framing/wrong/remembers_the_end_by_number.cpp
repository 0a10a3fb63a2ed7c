// Mistake: keeps in a static which descriptor has ended: the next connection with that number has no line
// Caught by: Robust.BeginsEmptyOnANewConnection
// Says: dan 1
#include "12_line_framing/rest.h"

namespace kata {

namespace {

thread_local int ended = -1;

}

bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = 0;
    if (fd == ended)
        return false; // again and again
    do
        n = ::recv(fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    if (n == 0)
        ended = fd;
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
