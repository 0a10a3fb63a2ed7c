// Mistake: makes a non-blocking listener
// Caught by: Works.ListensAtAPath
// Says: a blocking listener
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd listener_at(const Endpoint& name)
{
    UniqueFd fd{open_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK)};
    if (::bind(fd.get(), name.address(), name.size) < 0)
        fail(errno, "bind");
    if (::listen(fd.get(), SOMAXCONN) < 0)
        fail(errno, "listen");
    return fd;
}

} // namespace kata
