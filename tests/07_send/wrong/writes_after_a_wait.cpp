// Mistake: goes on with write(2) after a wait, which knows no MSG_NOSIGNAL
// Caught by: Hostile.LivesOnWhenThePeerGoesMeanwhile
// Says: killed by SIGPIPE inside write(3)
#include "07_send/rest.h"

#include <unistd.h>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    bool waited = false;
    while (!bytes.empty()) {
        const ssize_t n = waited ? ::write(fd, bytes.data(), bytes.size()) : ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        const int error = errno;
        waited = n < 0 && error == EAGAIN;
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (waited)
            wait_for_room(fd);
        else if (error != EINTR)
            fail(error, "send");
    }
}

} // namespace kata
