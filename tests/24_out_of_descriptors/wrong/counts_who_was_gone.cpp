// Mistake: counts a client who was gone when there was a descriptor for it
// Caught by: Robust.CountsOnlyWhomItShed
// Says: next() hands over a client
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = (take_client(listen_fd_), true);
    reserve_ = open_reserve(listen_fd_);
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
