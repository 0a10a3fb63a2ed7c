// Mistake: throws when there is no memory for the client whom it sheds
// Caught by: Robust.ShedsAMomentLater
// Says: No buffer space available
#include "24_out_of_descriptors/rest.h"

namespace kata {

UniqueFd take_client(int listen_fd)
{
    UniqueFd client{::accept4(listen_fd, nullptr, nullptr, SOCK_CLOEXEC)};
    if (!client && errno != EAGAIN && !can_shed(errno))
        throw std::system_error{errno, std::generic_category(), "accept"};
    return client;
}

} // namespace kata
