// Mistake: looks for the end of the peer's stream before each send, and believes that the peer has gone
// Caught by: Hostile.ServesAPeerThatHasFinishedWriting
// Says: threw std::system_error:
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
    if (::poll(&room, 1, -1) < 0 && errno != EINTR)
        fail("poll");
}

bool has_gone(int fd)
{
    char byte = 0;
    return ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        if (has_gone(fd))
            throw std::system_error{EPIPE, std::generic_category(), "send"};
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
