// Mistake: takes 0 for "no number given"
// Caught by: Robust.TakesZeroForOneClient
// Says: bob is connected
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog == 0 ? SOMAXCONN : backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
