// Mistake: sets SO_LINGER {1, 0} before it closes, so that no TIME_WAIT is left: the peer gets a RST
// Caught by: Works.ClosesWhenItDies
// Says: sends a RST
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace kata {

UniqueFd::~UniqueFd()
{
    const int saved = errno;
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    if (fd_ >= 0)
        ::close(fd_);
    errno = saved;
}

} // namespace kata
