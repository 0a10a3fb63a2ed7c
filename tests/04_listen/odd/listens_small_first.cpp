// Odd: opens the door by a hand first, and all the way then
#include "04_listen/listen.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    for (const int room : {0, backlog})
        if (::listen(bound_fd, room) < 0)
            throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
