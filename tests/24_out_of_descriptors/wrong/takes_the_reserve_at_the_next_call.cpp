// Mistake: leaves the reserve free until it is called again: somebody else may take it
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

} // namespace kata
