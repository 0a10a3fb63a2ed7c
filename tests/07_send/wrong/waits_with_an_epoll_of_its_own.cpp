// Mistake: an epoll descriptor for each wait, and at the limit of descriptors there is none: the message breaks off in the middle
// Caught by: Robust.NeedsNoDescriptorToWait
// Says: EMFILE
#include "07_send/rest.h"

#include "01_socket/socket.h"

#include <sys/epoll.h>

namespace kata {

void wait_for_room(int fd)
{
    const UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    epoll_event room{};
    room.events = EPOLLOUT;
    if (!epoll || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &room) < 0)
        fail(errno, "epoll");
    if (::epoll_wait(epoll.get(), &room, 1, -1) < 0 && errno != EINTR)
        fail(errno, "epoll_wait");
}

} // namespace kata
