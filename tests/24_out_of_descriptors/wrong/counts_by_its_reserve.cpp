// Mistake: counts whom it shed only when it has its reserve again
// Caught by: Robust.CountsWhomItShedWithoutAReserveToo
// Says: shed() says 1
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = static_cast<bool>(take_client(listen_fd_));
    reserve_ = open_reserve(listen_fd_);
    if (!shed || !reserve_)
        return false;
    ++shed_;
    return true;
}

} // namespace kata
