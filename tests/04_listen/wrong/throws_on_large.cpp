// Mistake: takes more than SOMAXCONN for a mistake of the caller
// Caught by: Robust.TakesAnyNumber
// Says: threw std::out_of_range
#include "04_listen/listen.h"

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (backlog > SOMAXCONN)
        throw std::out_of_range{"a backlog above SOMAXCONN"};
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
