// Mistake: repeats close() after EINTR, in the move assignment
// Caught by: Robust.OwnsTheRightOneWhicheverCallFails
// Says: ) was called again
#include "01_socket/socket.h"

#include <cerrno>
#include <unistd.h>

namespace kata {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (this == &other)
        return *this;
    while (fd_ >= 0 && ::close(fd_) < 0 && errno == EINTR) {
    }
    fd_ = other.release();
    return *this;
}

} // namespace kata
