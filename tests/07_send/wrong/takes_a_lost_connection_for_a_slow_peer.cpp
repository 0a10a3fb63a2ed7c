// Mistake: ETIMEDOUT, with which the kernel gives a connection up, is taken for the end of SO_SNDTIMEO: it waits on
// Caught by: Hostile.TellsWhateverBreaksTheConnection
// Says: busy loop
#include "07_send/rest.h"

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN || errno == ETIMEDOUT)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail(errno, "send");
    }
}

} // namespace kata
