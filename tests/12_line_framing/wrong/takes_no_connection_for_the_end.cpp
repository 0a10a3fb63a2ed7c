// Mistake: errors that say "not connected" are the end of the stream
// Caught by: Hostile.TellsThatTheConnectionIsDead
// Says: threw ENOTCONN
#include "12_line_framing/rest.h"

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = 0;
    do
        n = ::recv(fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0 && (errno == ENOTCONN || errno == EPIPE))
        return false;
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
