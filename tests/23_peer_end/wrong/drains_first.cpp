// Mistake: reads what has come before it hangs up
// Caught by: Hostile.LeavesAFlood
// Says: bytes were read
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void abort_connection(UniqueFd fd)
{
    char block[4096];
    while (::recv(fd.get(), block, sizeof block, MSG_DONTWAIT) > 0) {
    }
    const linger reset{1, 0};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
}

} // namespace kata
