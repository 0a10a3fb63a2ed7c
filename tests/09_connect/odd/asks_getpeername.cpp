// Odd: waits with epoll for the end of the attempt, and asks getpeername() whether it was a good one; if not, read() knows why
#include "09_connect/rest.h"

#include <sys/epoll.h>
#include <unistd.h>

namespace kata {

int wait_for_the_end(int fd)
{
    const UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    epoll_event event{};
    event.events = EPOLLOUT;
    if (!epoll || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) < 0)
        return errno;
    while (::epoll_wait(epoll.get(), &event, 1, -1) < 0)
        if (errno != EINTR)
            return errno;
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) == 0)
        return 0;
    char none = 0;
    return errno == ENOTCONN ? (::read(fd, &none, 1) < 0 ? errno : ECONNABORTED) : errno;
}

} // namespace kata
