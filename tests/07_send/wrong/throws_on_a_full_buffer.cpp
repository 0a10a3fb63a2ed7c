// Mistake: takes EAGAIN for a failure
// Caught by: Robust.SleepsUntilThereIsRoom
// Says: threw std::system_error: send: Resource temporarily unavailable
#include "07_send/send.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "send"};
    }
}

} // namespace kata
