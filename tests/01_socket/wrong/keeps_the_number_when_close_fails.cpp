// Mistake: forgets the number only when close() says that it has closed
// Caught by: Robust.OwnsTheRightOneWhicheverCallFails
// Says: for a, after a = std::move(b)
#include "01_socket/socket.h"

#include <cerrno>
#include <unistd.h>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    if (fd == fd_)
        return;
    const int saved = errno;
    if (fd_ < 0 || ::close(fd_) == 0)
        fd_ = fd;
    errno = saved;
}

} // namespace kata
