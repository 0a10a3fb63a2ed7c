// Mistake: takes a backlog of 0 for a mistake of the caller
// Caught by: Robust.TakesZeroForOneClient
// Says: threw std::invalid_argument
#include "04_listen/listen.h"

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (backlog == 0)
        throw std::invalid_argument{"a backlog of 0 admits nobody"};
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
