// Mistake: tries again after EINTR, but a hundred times and no more
// Caught by: Robust.CarriesOnAfterSignalsAndShortReads
// Says: threw EINTR
#include "12_line_framing/rest.h"

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    ssize_t n = 0;
    int tries = 0;
    do
        n = ::recv(fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR && ++tries < 100);
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
