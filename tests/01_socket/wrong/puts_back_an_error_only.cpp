// Mistake: puts errno back only where it was an error, and not where it was 0
// Caught by: Robust.DiesInPeaceWhenItsNumberIsClosedAlready
// Says: errno is EBADF
#include "01_socket/socket.h"

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    const int old = std::exchange(fd_, fd);
    if (old < 0 || old == fd)
        return;
    const int saved = errno;
    ::close(old);
    if (saved != 0)
        errno = saved;
}

} // namespace kata
