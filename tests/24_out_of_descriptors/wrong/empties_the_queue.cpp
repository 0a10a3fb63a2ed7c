// Mistake: sheds everybody who waits, because descriptors are short
// Caught by: Robust.ServesAgainWhenDescriptorsComeBack
// Says: shed() says 1
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    std::size_t shed = 0;
    while (take_client(listen_fd_))
        ++shed;
    reserve_ = open_reserve(listen_fd_);
    shed_ += shed;
    return shed != 0;
}

} // namespace kata
