// Mistake: calls write() where the socket is not TCP: a Unix socket raises SIGPIPE, too
// Caught by: Robust.ServesAnyStreamSocket
// Says: SIGPIPE
#include "07_send/rest.h"

#include <netinet/in.h>
#include <unistd.h>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    int protocol = 0;
    socklen_t size = sizeof protocol;
    ::getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size);
    while (!bytes.empty()) {
        const ssize_t n = protocol == IPPROTO_TCP ? ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL)
                                                  : ::write(fd, bytes.data(), bytes.size());
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail(errno, "send");
    }
}

} // namespace kata
