// Odd: sleeps in poll() for at most a second at a time where the listener has no limit, and keeps errno in an error code
#include "05_accept/rest.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/time.h>

namespace kata {

namespace {

// Nothing has come yet, and the listener would wait for ever.
bool has_time(int listen_fd)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    const int flags = ::fcntl(listen_fd, F_GETFL);
    return flags >= 0 && (flags & O_NONBLOCK) == 0 && ::getsockopt(listen_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) == 0 &&
           limit.tv_sec == 0 && limit.tv_usec == 0;
}

} // namespace

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        if (pollfd queue{listen_fd, POLLIN, 0}; has_time(listen_fd))
            while (::poll(&queue, 1, 1000) == 0) {
            }
        std::optional<Accepted> client = take(listen_fd);
        const std::error_code error{errno, std::system_category()};
        if (client || error == std::errc::operation_would_block)
            return client;
        if (!is_passing(error.value()))
            throw std::system_error{error};
    }
}

} // namespace kata
