// Mistake: looks at its own end before somebody owns the descriptor: an exception leaks it
// Caught by: Robust.KeepsItsPromisesWhicheverCallFails
// Says: leaked a descriptor
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int fd = ::accept4(listen_fd, reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC);
    if (fd < 0)
        return std::nullopt;
    if (local_endpoint(fd).family() != from.ss_family)
        fail(EAFNOSUPPORT, "accept");
    return Accepted{UniqueFd{fd}, Endpoint{from, size}};
}

} // namespace kata
