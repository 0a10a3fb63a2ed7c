// Mistake: returns from reset() at once when it owns nothing
// Caught by: Robust.OwningNothingIsNoSpecialCase
// Says: of an owner of nothing
#include "01_socket/socket.h"

#include <cerrno>
#include <unistd.h>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    if (fd_ < 0 || fd == fd_)
        return;
    const int saved = errno;
    ::close(fd_);
    errno = saved;
    fd_ = fd;
}

} // namespace kata
