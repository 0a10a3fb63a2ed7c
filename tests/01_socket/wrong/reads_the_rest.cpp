// Mistake: reads what is left before it closes, so that close() sends no RST: a copy of the descriptor never sees it
// Caught by: Robust.LeavesTheRestToWhoeverHasACopy
// Says: hears "for the copy"
#include "01_socket/socket.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace kata {

void UniqueFd::reset(int fd) noexcept
{
    const int old = std::exchange(fd_, fd);
    if (old < 0 || old == fd)
        return;
    const int saved = errno;
    char rest[512];
    while (::recv(old, rest, sizeof rest, MSG_DONTWAIT) > 0) {
    }
    ::close(old);
    errno = saved;
}

} // namespace kata
