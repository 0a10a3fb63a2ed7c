// Odd: connects a copy of a non-blocking socket, and waits in an epoll of its own
#include "09_connect/rest.h"

#include <fcntl.h>
#include <sys/epoll.h>

namespace kata {

namespace {

void check(bool good, const char* call)
{
    if (!good)
        throw std::system_error{errno, std::generic_category(), call};
}

void wait_in_epoll(int fd)
{
    const UniqueFd poller{::epoll_create1(EPOLL_CLOEXEC)};
    check(static_cast<bool>(poller), "epoll_create1");
    epoll_event e{};
    e.events = EPOLLOUT;
    check(::epoll_ctl(poller.get(), EPOLL_CTL_ADD, fd, &e) == 0, "epoll_ctl");
    for (int n = 0; n <= 0;) {
        n = ::epoll_wait(poller.get(), &e, 1, 3'600'000);
        check(n >= 0 || errno == EINTR, "epoll_wait");
    }
    int error = 0;
    socklen_t size = sizeof error;
    check(::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0, "getsockopt");
    errno = error;
    check(error == 0, "connect");
}

UniqueFd attempt(const Endpoint& to)
{
    const UniqueFd first = open_socket(to.family(), SOCK_STREAM | SOCK_NONBLOCK);
    UniqueFd fd{::fcntl(first.get(), F_DUPFD_CLOEXEC, 0)};
    check(static_cast<bool>(fd), "fcntl");
    if (::connect(fd.get(), to.address(), to.size) < 0) {
        check(errno == EINPROGRESS, "connect");
        wait_in_epoll(fd.get());
    }
    check(::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK) == 0, "fcntl");
    return fd;
}

} // namespace

UniqueFd connect_any(std::span<const Endpoint> candidates)
{
    if (candidates.empty())
        throw std::invalid_argument{"no candidates"};
    try {
        return attempt(candidates.front());
    } catch (const std::system_error&) {
        if (candidates.size() == 1)
            throw;
    }
    return connect_any(candidates.subspan(1));
}

} // namespace kata
