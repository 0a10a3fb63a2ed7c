// Mistake: accepts without a look whether somebody waits: EMFILE comes all the same, and it says that it shed
// Caught by: Robust.CountsOnlyWhomItShed
// Says: it returns after 1000 ms
#include "24_out_of_descriptors/rest.h"

namespace kata {

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    do {
        if (!reserve_)
            reserve_ = open_reserve(listen_fd_);
        try {
            if (std::optional<Accepted> client = accept_one(listen_fd_))
                return client;
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            if (can_shed(e.code().value()) && (shed_one(), true))
                return std::nullopt;
        }
    } while (has_come(listen_fd_, end));
    return std::nullopt;
}

} // namespace kata
