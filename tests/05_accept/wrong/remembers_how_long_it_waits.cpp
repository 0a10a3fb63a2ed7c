// Mistake: asks the listener once how long it waits, and remembers the answer
// Caught by: Robust.AsksTheListenerEachTime
// Says: came      "nullopt"
#include "05_accept/rest.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/time.h>
#include <time.h>

namespace kata {

namespace {

// As ppoll() wants it: none is for ever.
std::optional<timespec> patience(int listen_fd)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    if (const int flags = ::fcntl(listen_fd, F_GETFL); flags >= 0 && (flags & O_NONBLOCK) != 0)
        return timespec{};
    if (::getsockopt(listen_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) < 0 || (limit.tv_sec == 0 && limit.tv_usec == 0))
        return std::nullopt;
    return timespec{limit.tv_sec, limit.tv_usec * 1000};
}

} // namespace

std::optional<Accepted> accept_one(int listen_fd)
{
    static const std::optional<timespec> most = patience(listen_fd);
    for (;;) {
        pollfd queue{listen_fd, POLLIN, 0};
        if (::ppoll(&queue, 1, most ? &*most : nullptr, nullptr) == 0)
            return std::nullopt;
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
