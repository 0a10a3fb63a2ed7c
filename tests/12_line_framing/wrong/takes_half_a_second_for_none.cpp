// Mistake: waits with poll() for the whole seconds of SO_RCVTIMEO, and forgets the rest
// Caught by: Hostile.SaysThatTheTimeIsUp
// Says: EAGAIN after 1500 ms, twice
#include "12_line_framing/rest.h"

#include <poll.h>
#include <sys/time.h>

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    if (::getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) < 0)
        fail("getsockopt");
    const bool for_ever = limit.tv_sec == 0 && limit.tv_usec == 0;
    char chunk[4096];
    ssize_t n = 0;
    do {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, for_ever ? -1 : static_cast<int>(limit.tv_sec * 1000));
        if (ready == 0)
            errno = EAGAIN;
        n = ready > 0 ? ::recv(fd, chunk, sizeof chunk, 0) : -1;
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
