// Mistake: adds the result of send() to an unsigned count, also when it is -1
// Caught by: Robust.CarriesOnAfterSignals
// Says: came      0 bytes, then the end (FIN)
#include "07_send/send.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        pollfd room{fd, POLLOUT, 0};
        ::poll(&room, 1, -1);
        sent += static_cast<std::size_t>(::send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL));
    }
}

} // namespace kata
