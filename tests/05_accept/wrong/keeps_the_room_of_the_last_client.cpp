// Mistake: each thread keeps its room from call to call, and says only once how large it is
// Caught by: Robust.KeepsNothingOfTheLastClient
// Says: An IPv6 address that gets no more is cut
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> take(int listen_fd)
{
    thread_local Endpoint peer{{}, sizeof(sockaddr_storage)};
    UniqueFd fd{::accept4(listen_fd, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size, SOCK_CLOEXEC)};
    if (!fd)
        return std::nullopt;
    return Accepted{std::move(fd), peer};
}

} // namespace kata
