// Mistake: sets TCP_FASTOPEN_CONNECT, to save a round trip: where a cookie is known, connect() says 0 before anything is sent
// Caught by: Hostile.DoesNotWaitForTheProgramBehindThePort
// Says: TCP_FASTOPEN_CONNECT
#include "09_connect/rest.h"

#include <netinet/tcp.h>

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof on);
    const int error = ::connect(fd, to.address(), to.size) < 0 ? errno : 0;
    return error == EINTR ? wait_for_the_end(fd) : error;
}

} // namespace kata
