// Mistake: gets rid of EAGAIN by making the socket blocking, and leaves it so
// Caught by: Robust.LeavesTheSocketAndTheProcessAlone
// Says: you left a non-blocking socket blocking
#include "07_send/send.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "send"};
    }
}

} // namespace kata
