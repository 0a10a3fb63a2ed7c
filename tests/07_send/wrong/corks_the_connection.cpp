// Mistake: collects the pieces with TCP_CORK, which not every stream socket has
// Caught by: Robust.ServesAnyStreamSocket
// Says: Operation not supported
#include "07_send/rest.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    const auto cork = [fd](int on) {
        if (::setsockopt(fd, IPPROTO_TCP, TCP_CORK, &on, sizeof on) < 0)
            fail(errno, "setsockopt");
    };
    cork(1);
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        } else if (errno == EAGAIN) {
            wait_for_room(fd);
        } else if (errno != EINTR) {
            const int error = errno;
            cork(0);
            fail(error, "send");
        }
    }
    cork(0);
}

} // namespace kata
