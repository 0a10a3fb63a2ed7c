// Mistake: gives up when nothing has come for a minute, whatever its caller wants
// Caught by: Works.WaitsAsLongAsItTakes
// Says: ETIMEDOUT
#include "12_line_framing/rest.h"

#include <poll.h>

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    pollfd input{fd, POLLIN, 0};
    if (::poll(&input, 1, 60'000) == 0)
        throw std::system_error{ETIMEDOUT, std::generic_category(), "no line"};
    char chunk[4096];
    ssize_t n = 0;
    do
        n = ::recv(fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
