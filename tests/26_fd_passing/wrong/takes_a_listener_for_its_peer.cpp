// Mistake: asked about a listener, it names the server itself
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
    if (who.uid == static_cast<uid_t>(-1))
        fail(ENOTCONN, "peer_credentials");
    return who;
}

} // namespace kata
