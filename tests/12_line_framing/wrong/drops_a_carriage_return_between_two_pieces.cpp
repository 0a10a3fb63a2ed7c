// Mistake: takes a "\r" at the end of a piece for the first half of an ending, and drops it when another byte follows
// Caught by: Robust.TakesOneCarriageReturnAndNoMore
// Says: returned "ab"
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
    if (n > 0 && chunk[0] != '\n' && !buffer.empty() && buffer.back() == '\r')
        buffer.pop_back();
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
