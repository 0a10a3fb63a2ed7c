// Mistake: closes what it has opened, and throws the errno that close() has left
// Caught by: Hostile.TellsWhicheverCallFails
// Says: epoll_ctl(), the 1st, fails with ENOMEM
#include "07_send/rest.h"

#include <sys/epoll.h>
#include <unistd.h>

namespace kata {

void wait_for_room(int fd)
{
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0)
        fail(errno, "epoll_create1");
    epoll_event room{};
    room.events = EPOLLOUT;
    int ready = ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &room);
    if (ready == 0)
        ready = ::epoll_wait(epoll, &room, 1, -1);
    ::close(epoll);
    if (ready < 0 && errno != EINTR)
        fail(errno, "epoll");
}

} // namespace kata
