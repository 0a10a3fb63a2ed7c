// Odd: the constructor refuses what is no descriptor; ppoll, a pause to a point in time, a pipe in reserve, accept4 by hand
#include "24_out_of_descriptors/out_of_descriptors.h"
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <system_error>
#include <time.h>
#include <unistd.h>

namespace kata {
static long long now_ns()
{
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}
static int spare()
{
    int two[2];
    if (pipe2(two, O_CLOEXEC) != 0)
        return open("/dev/null", O_WRONLY | O_CLOEXEC);
    close(two[1]);
    return two[0];
}
Acceptor::Acceptor(int listen_fd) : listen_fd_(listen_fd)
{
    if (fcntl(listen_fd, F_GETFD) < 0)
        throw std::system_error(errno, std::generic_category(), "listener");
    reserve_.reset(spare());
    if (reserve_.get() < 0)
        throw std::system_error(errno, std::generic_category(), "reserve");
}
std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const long long end = limit_ms < 0 ? -1 : now_ns() + limit_ms * 1000000LL;
    for (;;) {
        const long long now = now_ns();
        const long long left = end < 0 ? 0 : end > now ? end - now : 0;
        timespec t = {left / 1000000000, left % 1000000000};
        pollfd p = {listen_fd_, POLLIN | POLLRDNORM, 0};
        const int r = ppoll(&p, 1, end < 0 ? nullptr : &t, nullptr);
        if (r == 0)
            return {};
        if (r < 0) {
            if (errno != EINTR)
                throw std::system_error(errno, std::generic_category(), "ppoll");
            if (end >= 0 && now_ns() >= end && limit_ms > 0)
                return {};
            continue;
        }
        if (reserve_.get() < 0)
            reserve_.reset(spare());
        int error = 0;
        try {
            if (auto client = accept_one(listen_fd_))
                return client;
            if (end >= 0 && now_ns() >= end)
                return {};
            continue;
        } catch (const std::system_error& e) {
            error = e.code().value();
            switch (error) {
            case EMFILE:
            case ENFILE:
                if (shed_one())
                    return {};
                break;
            case ENOBUFS:
            case ENOMEM: break;
            default: throw;
            }
        }
        const long long here = now_ns();
        if (end >= 0 && here >= end)
            return {};
        long long wake = here + 20000000;
        if (end >= 0 && wake > end)
            wake = end;
        const timespec until = {wake / 1000000000, wake % 1000000000};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
        }
    }
}
bool Acceptor::shed_one()
{
    if (reserve_.get() < 0)
        return false;
    reserve_.reset();
    int fd = -1;
    do
        fd = accept4(listen_fd_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    while (fd < 0 &&
           (errno == EINTR || errno == ECONNABORTED || errno == EPROTO || errno == ENETDOWN || errno == ENOPROTOOPT ||
            errno == EHOSTDOWN || errno == ENONET || errno == EHOSTUNREACH || errno == EOPNOTSUPP || errno == ENETUNREACH));
    const int error = fd < 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    reserve_.reset(spare());
    if (error != 0 && error != EAGAIN && error != EMFILE && error != ENFILE && error != ENOBUFS && error != ENOMEM)
        throw std::system_error(error, std::generic_category(), "accept4");
    shed_ += fd >= 0;
    return fd >= 0;
}
} // namespace kata
