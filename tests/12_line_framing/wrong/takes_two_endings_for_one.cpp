// Mistake: passes over empty lines, as strtok() does
// Caught by: Works.CutsTheStreamAtEachNewline
// Says: expected  ""
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
    buffer.append(chunk, static_cast<std::size_t>(n));
    for (std::size_t at = 0; (at = buffer.find("\n\n", at)) != std::string::npos;)
        buffer.erase(at, 1);
    return n > 0;
}

} // namespace kata
