// Mistake: looks after a lost reserve when next() begins, and not while it waits
// Caught by: Robust.TakesALostReserveBackWhileItWaits
// Says: next() sheds a client
#include "24_out_of_descriptors/rest.h"

namespace kata {

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    if (!reserve_)
        reserve_ = open_reserve(listen_fd_);
    while (has_come(listen_fd_, end)) {
        try {
            if (std::optional<Accepted> client = accept_one(listen_fd_))
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
