// Mistake: tries again for ever while another socket listens there
// Caught by: Robust.SaysThatSomebodyElseListens
// Says: an endless loop
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    while (::listen(bound_fd, backlog) < 0)
        if (errno != EADDRINUSE)
            throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
