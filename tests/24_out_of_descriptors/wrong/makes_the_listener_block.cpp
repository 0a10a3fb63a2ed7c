// Mistake: switches the listener to blocking, so that accept() waits
// Caught by: Works.HandsOverAClient
// Says: O_NONBLOCK
#include "24_out_of_descriptors/rest.h"

namespace kata {

Acceptor::Acceptor(int listen_fd) : listen_fd_{listen_fd}, reserve_{open_reserve(listen_fd)}
{
    if (!reserve_)
        throw std::system_error{errno, std::generic_category(), "open"};
    ::fcntl(listen_fd, F_SETFL, 0);
}

} // namespace kata
