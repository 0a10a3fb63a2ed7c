// Mistake: returns when close() fails, and has taken over nothing
// Caught by: Robust.OwnsTheRightOneWhicheverCallFails
// Says: came      get() is -1 and bool is false
#include "01_socket/socket.h"

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    const int saved = errno;
    if (fd == fd_)
        return;
    if (const int old = std::exchange(fd_, -1); old >= 0 && ::close(old) < 0) {
        errno = saved;
        return;
    }
    fd_ = fd;
}

} // namespace kata
