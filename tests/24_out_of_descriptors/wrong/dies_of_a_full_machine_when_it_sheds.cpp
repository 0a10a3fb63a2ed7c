// Mistake: throws when the machine has no open file left for the client whom it sheds
// Caught by: Robust.ShedsAMomentLater
// Says: Too many open files in system
#include "24_out_of_descriptors/rest.h"

namespace kata {

UniqueFd take_client(int listen_fd)
{
    UniqueFd client{::accept4(listen_fd, nullptr, nullptr, SOCK_CLOEXEC)};
    if (!client && errno != EAGAIN && (errno == ENFILE || !is_shortage(errno)))
        throw std::system_error{errno, std::generic_category(), "accept"};
    return client;
}

} // namespace kata
