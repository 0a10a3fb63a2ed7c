// Mistake: accepts by hand, and throws the error of a connection that is dead
// Caught by: Hostile.PassesOverADeadConnection
// Says: connection abort
#include "24_out_of_descriptors/rest.h"

namespace kata {

static Accepted by_hand(int listen_fd)
{
    Accepted client;
    client.peer.size = sizeof client.peer.storage;
    client.fd.reset(::accept4(listen_fd, reinterpret_cast<sockaddr*>(&client.peer.storage), &client.peer.size, SOCK_CLOEXEC));
    if (!client.fd && errno != EAGAIN)
        throw std::system_error{errno, std::generic_category(), "accept"};
    return client;
}

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    while (has_come(listen_fd_, end)) {
        if (!reserve_)
            reserve_ = open_reserve(listen_fd_);
        try {
            if (Accepted client = by_hand(listen_fd_); client.fd)
                return client;
            continue;
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            if (can_shed(e.code().value()) && shed_one())
                return std::nullopt;
        }
        if (Clock::now() >= end)
            return std::nullopt;
        rests(end);
    }
    return std::nullopt;
}

} // namespace kata
