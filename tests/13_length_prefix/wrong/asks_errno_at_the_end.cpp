// Mistake: looks at errno when recv() has given 0, which does not set it: after a signal the end of the stream is a busy loop
// Caught by: Robust.ReadsOnAfterSignals
// Says: busy loop
#include "13_length_prefix/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n <= 0 && errno == EINTR)
            continue;
        if (n < 0)
            throw std::system_error{errno, std::generic_category(), "recv"};
        if (n == 0)
            break;
        got += static_cast<std::size_t>(n);
    }
    return got;
}

} // namespace kata
