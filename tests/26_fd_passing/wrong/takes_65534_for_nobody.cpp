// Mistake: user 65534 is called nobody, so there is nobody, it thinks
// Caught by: Robust.KnowsAUserOutsideOfItsNamespace
// Says: ENOTCONN
#include "26_fd_passing/rest.h"

namespace kata {

ucred peer_credentials(int fd)
{
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) < 0)
        fail(errno, "getsockopt");
    if (who.uid == static_cast<uid_t>(-1) || who.uid == 65534)
        fail(ENOTCONN, "peer_credentials");
    peer_endpoint(fd);
    return who;
}

} // namespace kata
