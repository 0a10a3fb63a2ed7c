// Mistake: looks for more behind a full buffer, and forgets what fails there: a reset is told once, and the next recv() gives 0
// Caught by: Hostile.ReturnsWhatCameBeforeAReset
// Says: expected  "threw ECONNRESET"
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
    if (n == static_cast<ssize_t>(sizeof chunk))
        if (const ssize_t more = ::recv(fd, chunk, sizeof chunk, MSG_DONTWAIT); more > 0)
            buffer.append(chunk, static_cast<std::size_t>(more));
    return n > 0;
}

} // namespace kata
