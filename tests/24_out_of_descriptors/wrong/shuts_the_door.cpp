// Mistake: closes the reserve and accepts, and never takes it again
// Caught by: Robust.TakesTheReserveAgain
// Says: no descriptor is free
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = static_cast<bool>(take_client(listen_fd_));
    shed_ += shed ? 1 : 0;
    return shed;
}

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
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
