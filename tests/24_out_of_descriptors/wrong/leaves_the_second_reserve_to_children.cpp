// Mistake: a program that is started inherits the reserve that was taken again
// Caught by: Robust.TakesTheReserveAgain
// Says: exec
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = static_cast<bool>(take_client(listen_fd_));
    reserve_.reset(::open("/dev/null", O_RDONLY));
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
