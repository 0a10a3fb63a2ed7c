// Mistake: binds, and never listens
// Caught by: Works.ListensAtAPath
// Says: ECONNREFUSED
#include "26_fd_passing/rest.h"

namespace kata {

UniqueFd listener_at(const Endpoint& name)
{
    UniqueFd fd{open_socket(AF_UNIX, SOCK_STREAM)};
    if (::bind(fd.get(), name.address(), name.size) < 0)
        fail(errno, "bind");
    return fd;
}

} // namespace kata
