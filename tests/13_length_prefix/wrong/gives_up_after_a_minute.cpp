// Mistake: gives up when the peer has said nothing for a minute, which nobody asked for
// Caught by: Robust.WaitsAsLongAsItTakes
// Says: threw ETIMEDOUT
#include "13_length_prefix/rest.h"

#include <poll.h>

namespace kata {

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        pollfd peer{fd, POLLIN, 0};
        if (::poll(&peer, 1, 60'000) == 0)
            throw std::system_error{ETIMEDOUT, std::generic_category(), "read_frame"};
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "recv"};
        got += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return got;
}

} // namespace kata
