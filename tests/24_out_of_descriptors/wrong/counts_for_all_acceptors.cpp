// Mistake: counts in a static variable: each acceptor tells whom the others have shed
// Caught by: Robust.ShedsWhenTheMachineIsFull
// Says: shed() says 0
#include "24_out_of_descriptors/rest.h"

namespace kata {

namespace {

std::size_t all = 0;

} // namespace

Acceptor::Acceptor(int listen_fd) : listen_fd_{listen_fd}, reserve_{open_reserve(listen_fd)}, shed_{all}
{
    if (!reserve_)
        throw std::system_error{errno, std::generic_category(), "open"};
    if (listen_fd < 0)
        throw std::system_error{EBADF, std::generic_category(), "poll"};
}

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = static_cast<bool>(take_client(listen_fd_));
    reserve_ = open_reserve(listen_fd_);
    all += shed ? 1 : 0;
    shed_ = all;
    return shed;
}

} // namespace kata
