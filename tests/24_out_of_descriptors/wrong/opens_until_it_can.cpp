// Mistake: opens its reserve again and again, until it has it
// Caught by: Robust.SleepsWhenSheddingFails
// Says: an endless loop
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = static_cast<bool>(take_client(listen_fd_));
    while (!(reserve_ = open_reserve(listen_fd_))) {
    }
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
