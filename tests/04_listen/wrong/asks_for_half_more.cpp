// Mistake: asks for half as much again, as old BSD kernels did
// Caught by: Robust.AdmitsOneMoreThanTheBacklog
// Says: joe is connected
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog + backlog / 2) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
