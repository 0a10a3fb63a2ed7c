// Mistake: makes each descriptor that it takes over close-on-exec
// Caught by: Robust.LeavesTheRestToWhoeverHasACopy
// Says: left FD_CLOEXEC set on descriptor
#include "01_socket/socket.h"

#include <fcntl.h>

namespace kata {

UniqueFd::UniqueFd(int fd) noexcept : fd_{fd}
{
    if (fd >= 0)
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

} // namespace kata
