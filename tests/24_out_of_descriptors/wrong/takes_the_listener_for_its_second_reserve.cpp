// Mistake: after the first client that it shed, its reserve is a copy of the listener
// Caught by: Robust.TakesTheReserveAgain
// Says: a copy of descriptor 3
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = static_cast<bool>(take_client(listen_fd_));
    reserve_.reset(::fcntl(listen_fd_, F_DUPFD_CLOEXEC, 0));
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
