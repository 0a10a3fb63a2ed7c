// Mistake: makes the client's socket non-blocking, as the listener is
// Caught by: Works.HandsOverAClient
// Says: a client whose socket blocks
#include "24_out_of_descriptors/rest.h"

namespace kata {

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    while (has_come(listen_fd_, end)) {
        if (!reserve_)
            reserve_ = open_reserve(listen_fd_);
        try {
            if (std::optional<Accepted> client = accept_one(listen_fd_)) {
                ::fcntl(client->fd.get(), F_SETFL, O_NONBLOCK);
                return client;
            }
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
