// Mistake: takes a client that it found without a reserve for one that was shed
// Caught by: Robust.SleepsWhenSheddingFails
// Says: shed() says 0
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    reserve_.reset();
    const bool shed = (take_client(listen_fd_), true);
    reserve_ = open_reserve(listen_fd_);
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
