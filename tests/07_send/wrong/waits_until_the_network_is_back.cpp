// Mistake: takes ENETDOWN for a full buffer: it has been told once, and the next send() says EPIPE
// Caught by: Hostile.TellsWhateverBreaksTheConnection
// Says: ENETDOWN
#include "07_send/rest.h"

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN || errno == ENETDOWN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail(errno, "send");
    }
}

} // namespace kata
