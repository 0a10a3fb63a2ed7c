// Mistake: answers with its own process, user and group
// Caught by: Works.TellsWhoThePeerIs
// Says: came      this process
#include "26_fd_passing/rest.h"

namespace kata {

ucred peer_credentials(int fd)
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) < 0)
        fail(errno, "getpeername");
    if (peer.ss_family != AF_UNIX)
        fail(ENOTCONN, "peer_credentials");
    return {::getpid(), ::getuid(), ::getgid()};
}

} // namespace kata
