// Mistake: the pieces grow with the line, so that one of them goes far behind the limit
// Caught by: Hostile.RefusesALineWithoutEnd
// Says: ahead of the limit of 131072 bytes
#include "12_line_framing/rest.h"

#include <algorithm>

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    const std::size_t old = buffer.size();
    buffer.resize(old + std::clamp<std::size_t>(old, 4096, 1 << 20)); // a long line needs fewer calls
    ssize_t n = 0;
    do
        n = ::recv(fd, buffer.data() + old, buffer.size() - old, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        fail("recv");
    buffer.resize(old + static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
