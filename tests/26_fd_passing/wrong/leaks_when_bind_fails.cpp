// Mistake: forgets the socket when bind() fails
// Caught by: Hostile.LeavesWhoLivesThereAlone
// Says: (from socket)
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd listener_at(const Endpoint& name)
{
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ::bind(fd, name.address(), name.size) < 0)
        fail(errno, "bind");
    UniqueFd listener{fd};
    if (::listen(fd, SOMAXCONN) < 0)
        fail(errno, "listen");
    return listener;
}

} // namespace kata
