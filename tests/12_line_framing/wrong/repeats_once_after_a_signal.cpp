// Mistake: tries again after a signal, but only once
// Caught by: Robust.CarriesOnAfterSignalsAndShortReads
// Says: threw EINTR
#include "12_line_framing/rest.h"

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = ::recv(fd, chunk, sizeof chunk, 0);
    if (n < 0 && errno == EINTR)
        n = ::recv(fd, chunk, sizeof chunk, 0);
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
