// Mistake: closes a socket that it does not own
// Caught by: Works.EndsWithTheStream
// Says: threw EBADF
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
    if (n < 0)
        fail("recv");
    if (n == 0)
        ::close(fd);
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
