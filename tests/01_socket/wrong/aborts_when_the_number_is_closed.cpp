// Mistake: ends the program when close() says that somebody else has closed the number
// Caught by: Robust.DiesInPeaceWhenItsNumberIsClosedAlready
// Says: killed by SIGABRT
#include "01_socket/socket.h"

#include <cerrno>
#include <cstdlib>
#include <unistd.h>
#include <utility>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    const int old = std::exchange(fd_, fd);
    if (old < 0 || old == fd)
        return;
    const int saved = errno;
    if (::close(old) < 0 && errno == EBADF)
        std::abort();
    errno = saved;
}

} // namespace kata
