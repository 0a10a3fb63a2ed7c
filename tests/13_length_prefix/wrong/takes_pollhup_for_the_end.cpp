// Mistake: waits in poll(), and takes POLLHUP for the end: the last frame is still unread then
// Caught by: Hostile.ReadsWhatCameBeforeTheEnd
// Says: came      "<the end>"
#include "13_length_prefix/rest.h"

#include <poll.h>

namespace kata {

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        pollfd wanted{fd, POLLIN, 0};
        if (::poll(&wanted, 1, -1) < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        if ((wanted.revents & POLLHUP) != 0 && (wanted.revents & POLLERR) == 0)
            break;
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
