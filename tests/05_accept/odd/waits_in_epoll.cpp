// Odd: an epoll of its own for each call, where there is no limit, and O_NONBLOCK cleared by hand
#include "05_accept/rest.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/time.h>

namespace kata {

namespace {

bool waits_for_ever(int listen_fd)
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
    UniqueFd epoll{waits_for_ever(listen_fd) ? ::epoll_create1(EPOLL_CLOEXEC) : -1};
    epoll_event event{};
    event.events = EPOLLIN;
    if (epoll && ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, listen_fd, &event) < 0)
        fail(errno, "epoll_ctl");
    for (;;) {
        if (epoll && ::epoll_wait(epoll.get(), &event, 1, -1) < 0)
            continue;
        std::optional<Accepted> client = take(listen_fd);
        if (client) {
            ::fcntl(client->fd.get(), F_SETFL, ::fcntl(client->fd.get(), F_GETFL) & ~O_NONBLOCK);
            return client;
        }
        if (errno == EAGAIN)
            return std::nullopt;
        if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
