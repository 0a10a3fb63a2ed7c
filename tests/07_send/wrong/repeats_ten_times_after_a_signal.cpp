// Mistake: repeats an interrupted send() ten times: the eleventh signal is fatal
// Caught by: Robust.CarriesOnAfterSignals
// Says: threw std::system_error: send: Interrupted system call
#include "07_send/rest.h"

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    for (int tries = 0; !bytes.empty();) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR || ++tries > 10)
            fail(errno, "send");
    }
}

} // namespace kata
