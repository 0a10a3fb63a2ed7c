// Mistake: closes its copy before it looks at errno: a close() that fails changes it
// Caught by: Robust.KeepsItsPromisesWhicheverCallFails
// Says: std::system_error with EIO
#include "04_listen/listen.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const int copy = ::fcntl(bound_fd, F_DUPFD_CLOEXEC, 3);
    const int result = ::listen(copy, backlog);
    if (copy >= 0)
        ::close(copy);
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
