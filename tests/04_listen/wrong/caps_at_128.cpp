// Mistake: cuts the backlog to 128, the limit of old kernels
// Caught by: Hostile.HoldsACrowd
// Says: client 130 gets no answer
#include "04_listen/listen.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, std::min(backlog, 128)) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
