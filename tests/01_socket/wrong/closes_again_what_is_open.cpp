// Mistake: repeats close() after EINTR where the number is still open: it is another's by then
// Caught by: Hostile.WhatIsOpenAfterCloseIsAStrangers
// Says: is open for bob, who got the number when close() had said EINTR
#include "01_socket/socket.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    const int old = std::exchange(fd_, fd);
    if (old < 0 || old == fd)
        return;
    const int saved = errno;
    while (::close(old) < 0 && errno == EINTR && ::fcntl(old, F_GETFD) >= 0) {
    }
    errno = saved;
}

} // namespace kata
