// Mistake: sets errno to 0 in the destructor, so that nobody sees an error of close()
// Caught by: Robust.KeepsAFailedCloseToItself
// Says: errno is ECONNREFUSED, as before the owners died
#include "01_socket/socket.h"

#include <cerrno>
#include <unistd.h>

namespace kata {

UniqueFd::~UniqueFd()
{
    if (fd_ >= 0)
        ::close(fd_);
    errno = 0;
}

} // namespace kata
