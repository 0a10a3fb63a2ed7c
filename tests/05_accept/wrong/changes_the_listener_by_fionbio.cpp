// Mistake: makes a listener without a limit non-blocking while it waits, by FIONBIO
// Caught by: Robust.LeavesTheListenerAsItWas
// Says: FIONBIO): another process
#include "05_accept/rest.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/time.h>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    const int flags = ::fcntl(listen_fd, F_GETFL);
    ::getsockopt(listen_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size);
    const bool polls = flags >= 0 && (flags & O_NONBLOCK) == 0 && limit.tv_sec == 0 && limit.tv_usec == 0;
    int on = 1, off = 0;
    if (polls)
        ::ioctl(listen_fd, FIONBIO, &on);
    std::optional<Accepted> client = take(listen_fd);
    while (!client && ((polls && errno == EAGAIN) || is_passing(errno))) {
        pollfd queue{listen_fd, POLLIN, 0};
        if (polls)
            ::poll(&queue, 1, -1);
        client = take(listen_fd);
    }
    const int error = errno;
    if (polls)
        ::ioctl(listen_fd, FIONBIO, &off);
    if (!client && error != EAGAIN)
        fail(error, "accept");
    return client;
}

} // namespace kata
