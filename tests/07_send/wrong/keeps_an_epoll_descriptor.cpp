// Mistake: keeps an epoll descriptor open for the next call
// Caught by: Robust.SleepsUntilThereIsRoom
// Says: epoll_create1
#include "07_send/rest.h"

#include <sys/epoll.h>

namespace kata {

void wait_for_room(int fd)
{
    static const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event room{};
    room.events = EPOLLOUT;
    if (epoll < 0 || ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &room) < 0)
        fail(errno, "epoll");
    const int ready = ::epoll_wait(epoll, &room, 1, -1);
    const int error = errno;
    ::epoll_ctl(epoll, EPOLL_CTL_DEL, fd, nullptr);
    if (ready < 0 && error != EINTR)
        fail(error, "epoll_wait");
}

} // namespace kata
