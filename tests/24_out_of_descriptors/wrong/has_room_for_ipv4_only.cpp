// Mistake: takes the name of a client into a sockaddr_in, which cuts one of IPv6
// Caught by: Works.HandsOverAClient
// Says: came      "[::]"
#include "24_out_of_descriptors/rest.h"

#include <cstring>

namespace kata {

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    while (has_come(listen_fd_, end)) {
        if (!reserve_)
            reserve_ = open_reserve(listen_fd_);
        sockaddr_in from{};
        Accepted client;
        client.peer.size = sizeof from;
        client.fd.reset(::accept4(listen_fd_, reinterpret_cast<sockaddr*>(&from), &client.peer.size, SOCK_CLOEXEC));
        std::memcpy(&client.peer.storage, &from, sizeof from);
        if (client.fd)
            return client;
        if (can_shed(errno) && shed_one())
            return std::nullopt;
        rests(end);
    }
    return std::nullopt;
}

} // namespace kata
