// Mistake: reads ahead what is there, without a look at the errno: the kernel tells of a reset once
// Caught by: Hostile.ReturnsWhatCameBeforeAReset
// Says: threw ECONNRESET
#include "12_line_framing/rest.h"

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
        return false;
    buffer.append(chunk, static_cast<std::size_t>(n));
    n = ::recv(fd, chunk, sizeof chunk, MSG_DONTWAIT);
    if (n > 0)
        buffer.append(chunk, static_cast<std::size_t>(n));
    return true;
}

} // namespace kata
