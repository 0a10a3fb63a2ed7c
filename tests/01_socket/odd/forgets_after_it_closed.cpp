// Odd: closes first and forgets afterwards, whatever close() said
#include "01_socket/socket.h"

#include <cerrno>
#include <unistd.h>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    const int saved = errno;
    if (fd != fd_ && fd_ > -1)
        ::close(fd_);
    fd_ = fd;
    errno = saved;
}

} // namespace kata
