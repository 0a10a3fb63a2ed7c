// Mistake: asks for SO_ERROR to see whether the call works on this socket, and throws the answer away
// Caught by: Hostile.TellsAResetThatCameBefore
// Says: the reason is ECONNRESET; send_all threw: send: Broken pipe
#include "07_send/rest.h"

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        fail(errno, "getsockopt");
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail(errno, "send");
    }
}

} // namespace kata
