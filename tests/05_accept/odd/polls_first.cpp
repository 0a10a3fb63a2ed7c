// Odd: asks poll() before it accepts, for as long as the listener would wait
#include "05_accept/rest.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/time.h>

namespace kata {

namespace {

int patience_ms(int listen_fd)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    if (const int flags = ::fcntl(listen_fd, F_GETFL); flags >= 0 && (flags & O_NONBLOCK) != 0)
        return 0;
    if (::getsockopt(listen_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) < 0 || (limit.tv_sec == 0 && limit.tv_usec == 0))
        return -1;
    return static_cast<int>(limit.tv_sec * 1000 + limit.tv_usec / 1000);
}

} // namespace

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        if (::poll(&queue, 1, patience_ms(listen_fd)) == 0)
            return std::nullopt;
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
