// Mistake: lets poll() wait for POLLPRI as well, and waits again when it comes: poll() says so at once, again and again
// Caught by: Hostile.SleepsOnBesideAnUrgentByte
// Says: busy loop
#include "06_recv/rest.h"

#include <poll.h>
#include <sys/time.h>
#include <time.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    const bool limited =
        ::getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) == 0 && (limit.tv_sec != 0 || limit.tv_usec != 0);
    const timespec patience{limit.tv_sec, limit.tv_usec * 1000};
    for (;;) {
        pollfd input{fd, POLLIN | POLLPRI, 0};
        const int ready = ::ppoll(&input, 1, limited ? &patience : nullptr, nullptr);
        if (ready > 0 && (input.revents & POLLPRI) != 0)
            continue; // an urgent byte is none of ours
        if (ready == 0)
            errno = EAGAIN;
        const ssize_t n = ready > 0 ? ::recv(fd, room.data(), room.size(), MSG_DONTWAIT) : -1;
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && (ready == 0 || errno != EAGAIN))
            fail("recv");
    }
}

} // namespace kata
