// Mistake: accepts whom it sheds, and never closes it
// Caught by: Robust.TakesTheReserveAgain
// Says: shed() says
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = take_client(listen_fd_).release() >= 0;
    reserve_ = open_reserve(listen_fd_);
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
