// Mistake: leaves the shortage to the caller
// Caught by: Works.ShedsAClientWhenNoDescriptorIsLeft
// Says: EMFILE
#include "24_out_of_descriptors/rest.h"

namespace kata {

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    while (has_come(listen_fd_, end))
        if (std::optional<Accepted> client = accept_one(listen_fd_))
            return client;
    return std::nullopt;
}

} // namespace kata
