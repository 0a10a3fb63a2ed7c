// Mistake: makes the socket blocking for the time being, and puts that back only when all went well
// Caught by: Hostile.WakesUpWhenThePeerResets
// Says: left O_NONBLOCK cleared on descriptor 3, after a throw
#include "07_send/send.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    const int flags = ::fcntl(fd, F_GETFL);
    ::fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "send"};
    }
    ::fcntl(fd, F_SETFL, flags);
}

} // namespace kata
