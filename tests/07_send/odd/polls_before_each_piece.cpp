// Odd: asks poll() before each send, never lets send sleep, and offers 1000 bytes at most; does not look at what poll reports
#include "07_send/send.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        pollfd room{fd, POLLOUT, 0};
        if (::poll(&room, 1, -1) < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        const ssize_t n = ::send(fd, bytes.data(), std::min<std::size_t>(bytes.size(), 1000), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            throw std::system_error{errno, std::generic_category(), "send"};
        bytes = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    }
}

} // namespace kata
