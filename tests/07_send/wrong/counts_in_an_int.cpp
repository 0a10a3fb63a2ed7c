// Mistake: keeps the length in an int
// Caught by: Hostile.CountsBeyondFourGigabytes
// Says: of 4 GiB + 16 bytes
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

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    const int size = static_cast<int>(bytes.size());
    int sent = 0;
    while (sent < size) {
        const ssize_t n = ::send(fd, bytes.data() + sent, static_cast<std::size_t>(size - sent), MSG_NOSIGNAL);
        if (n >= 0)
            sent += static_cast<int>(n);
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail("send");
    }
}

} // namespace kata
