// Mistake: keeps errno aside in one static place for all threads
// Caught by: Robust.DiesInTwoThreadsAtOnce
// Says: errno is ENOENT
#include "01_socket/socket.h"

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    static int saved = 0;
    const int old = std::exchange(fd_, fd);
    if (old < 0 || old == fd)
        return;
    saved = errno;
    ::close(old);
    errno = saved;
}

} // namespace kata
