// Mistake: asks for one less, because Linux admits one more: 0 becomes -1, which is a very large number
// Caught by: Robust.TakesZeroForOneClient
// Says: listen(3, -1)
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog - 1) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
