// Mistake: waits for descriptor -1, as poll() does
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: expected  std::system_error with EBADF
#include "24_out_of_descriptors/rest.h"

namespace kata {

Acceptor::Acceptor(int listen_fd) : listen_fd_{listen_fd}, reserve_{open_reserve(listen_fd)}
{
    if (!reserve_)
        throw std::system_error{errno, std::generic_category(), "open"};
}

} // namespace kata
