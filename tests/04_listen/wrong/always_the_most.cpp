// Mistake: asks for the longest queue, whatever the caller wants
// Caught by: Robust.AdmitsOneMoreThanTheBacklog
// Says: joe is connected
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int /*backlog*/)
{
    if (::listen(bound_fd, SOMAXCONN) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
