// Mistake: lets the kernel send its SYN three times only
// Caught by: Hostile.WaitsAsLongAsTheKernelDoes
// Says: TCP_SYNCNT
#include "09_connect/rest.h"

#include <netinet/tcp.h>

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    const int syns = 3;
    if (::setsockopt(fd, IPPROTO_TCP, TCP_SYNCNT, &syns, sizeof syns) < 0)
        return errno;
    if (::connect(fd, to.address(), to.size) == 0)
        return 0;
    return errno == EINTR ? wait_for_the_end(fd) : errno;
}

} // namespace kata
