// Mistake: asks for a backlog of 5, as the books do
// Caught by: Hostile.HoldsACrowd
// Says: client 7 gets no answer
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int /*backlog*/)
{
    if (::listen(bound_fd, 5) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
