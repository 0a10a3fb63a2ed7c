#include "07_send/send.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// Sleeps until there is room, or the connection is over: then it wakes up as well, and the next send() says why. So revents
// need not be looked at (poll(2), POLLERR and POLLHUP).
void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    if (::poll(&room, 1, -1) < 0 && errno != EINTR)
        fail("poll");
}

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        // The flag, not a handler for SIGPIPE: that would change the caller's whole process (send(2), MSG_NOSIGNAL).
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n)); // what is left is ours to send (write(2), RETURN VALUE)
        else if (errno == EAGAIN)                               // EWOULDBLOCK is the same number on Linux
            wait_for_room(fd);
        else if (errno != EINTR)
            fail("send");
    }
}

} // namespace kata
