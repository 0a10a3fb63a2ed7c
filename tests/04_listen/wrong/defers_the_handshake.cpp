// Mistake: sets TCP_DEFER_ACCEPT for speed: who connects without writing is not in the queue
// Caught by: Robust.AdmitsOneMoreThanTheBacklog
// Says: joe is connected
#include "04_listen/listen.h"

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const int seconds = 5;
    if (::listen(bound_fd, backlog) < 0 || ::setsockopt(bound_fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
