// Mistake: gives up after a thousand calls, whatever they gave
// Caught by: Robust.FinishesWhatTheKernelLeftOver
// Says: Connection timed out
#include "07_send/rest.h"

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    for (int tries = 0; !bytes.empty(); ++tries) {
        if (tries == 1000)
            fail(ETIMEDOUT, "send");
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
