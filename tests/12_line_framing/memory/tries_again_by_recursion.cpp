// Mistake: tries again by calling itself: each signal takes a piece of the stack
// Caught by: Robust.AnyNumberOfSignalsEndsNothing
// Says: AddressSanitizer: stack-overflow
#include "12_line_framing/rest.h"

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    char chunk[4096];
    const ssize_t n = ::recv(fd, chunk, sizeof chunk, 0);
    if (n < 0 && errno == EINTR)
        return receive_more(fd, buffer);
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
