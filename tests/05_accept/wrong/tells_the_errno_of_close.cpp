// Mistake: closes its epoll before it looks at errno
// Caught by: Robust.KeepsItsPromisesWhicheverCallFails
// Says: std::system_error with EIO
#include "05_accept/rest.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    Accepted client;
    client.peer.size = sizeof client.peer.storage;
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0)
        fail(errno, "epoll_create1");
    epoll_event event{};
    const int added = ::epoll_ctl(epoll, EPOLL_CTL_ADD, listen_fd, &event);
    client.fd.reset(::accept4(listen_fd, reinterpret_cast<sockaddr*>(&client.peer.storage), &client.peer.size, SOCK_CLOEXEC));
    ::close(epoll);
    if (added < 0 || !client.fd)
        return std::nullopt;
    return client;
}

} // namespace kata
