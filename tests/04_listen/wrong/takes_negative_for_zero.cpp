// Mistake: cuts a negative backlog to 0
// Caught by: Robust.TakesAnyNumber
// Says: bob gets no answer
#include "04_listen/listen.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, std::max(backlog, 0)) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
