// Mistake: throws when there is no descriptor even for the one to shed
// Caught by: Robust.SleepsWhenSheddingFails
// Says: Too many open files
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = accept_one(listen_fd_).has_value();
    reserve_ = open_reserve(listen_fd_);
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
