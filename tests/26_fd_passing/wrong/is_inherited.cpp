// Mistake: a program that it starts gets the listener, too
// Caught by: Works.ListensAtAPath
// Says: is started by exec
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd listener_at(const Endpoint& name)
{
    UniqueFd fd{::socket(AF_UNIX, SOCK_STREAM, 0)};
    if (::bind(fd.get(), name.address(), name.size) < 0)
        fail(errno, "bind");
    if (::listen(fd.get(), SOMAXCONN) < 0)
        fail(errno, "listen");
    return fd;
}

} // namespace kata
