// Odd: takes the reason from SO_ERROR when poll() reports one, and waits in slices of a second
#include "07_send/send.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    if (::poll(&room, 1, 1000) < 0 && errno != EINTR)
        fail("poll");
    if ((room.revents & POLLERR) == 0)
        return;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    throw std::system_error{error != 0 ? error : EPIPE, std::generic_category(), "send"};
}

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail("send");
    }
}

} // namespace kata
