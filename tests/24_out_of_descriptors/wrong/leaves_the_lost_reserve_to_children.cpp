// Mistake: a program that is started inherits the reserve that was lost and taken back
// Caught by: Robust.KeepsALostReserveToItself
// Says: exec
#include "24_out_of_descriptors/rest.h"

namespace kata {

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    while (has_come(listen_fd_, end)) {
        if (!reserve_)
            reserve_.reset(::open("/dev/null", O_RDONLY));
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
