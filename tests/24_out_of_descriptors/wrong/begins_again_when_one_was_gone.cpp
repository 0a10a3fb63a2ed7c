// Mistake: begins its time again when a client was gone
// Caught by: Robust.WaitsOnWhenAClientWasGone
// Says: next(1000) returns after 1000 ms
#include "24_out_of_descriptors/rest.h"

namespace kata {

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    auto end = end_of(limit_ms);
    while (has_come(listen_fd_, end)) {
        if (!reserve_)
            reserve_ = open_reserve(listen_fd_);
        try {
            if (std::optional<Accepted> client = accept_one(listen_fd_))
                return client;
            end = end_of(limit_ms);
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
