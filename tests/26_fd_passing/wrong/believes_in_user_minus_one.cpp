// Mistake: takes process 0 and user -1 for a peer
// Caught by: Robust.SaysThatThereIsNobody
// Says: std::system_error with ENOTCONN
#include "26_fd_passing/rest.h"

namespace kata {

ucred peer_credentials(int fd)
{
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) < 0)
        fail(errno, "getsockopt");
    return who;
}

} // namespace kata
