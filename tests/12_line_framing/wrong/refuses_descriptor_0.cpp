// Mistake: believes that descriptors begin at 1
// Caught by: Robust.TakesAnyDescriptor
// Says: threw EBADF
#include "12_line_framing/rest.h"

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = -1;
    if (fd > 0)
        do
            n = ::recv(fd, chunk, sizeof chunk, 0);
        while (n < 0 && errno == EINTR);
    else
        errno = EBADF;
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
