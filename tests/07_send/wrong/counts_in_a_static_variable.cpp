// Mistake: keeps in a static variable how much has gone out: all threads share it
// Caught by: Robust.KeepsTheThreadsApart
// Says: 200000 bytes
#include "07_send/rest.h"

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    static std::size_t sent;
    sent = 0;
    while (sent < bytes.size()) {
        const ssize_t n = ::send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n >= 0)
            sent += static_cast<std::size_t>(n);
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail(errno, "send");
    }
}

} // namespace kata
