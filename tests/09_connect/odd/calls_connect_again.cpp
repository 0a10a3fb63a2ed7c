// Odd: calls connect() again after EINTR: on Linux a blocking one goes on waiting; POSIX does not promise it
#include "09_connect/rest.h"

namespace kata {

int try_to_connect(int fd, const Endpoint& to)
{
    for (;;) {
        if (::connect(fd, to.address(), to.size) == 0 || errno == EISCONN)
            return 0;
        if (errno != EINTR && errno != EALREADY)
            return errno;
    }
}

} // namespace kata
