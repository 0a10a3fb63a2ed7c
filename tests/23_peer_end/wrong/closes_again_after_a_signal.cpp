// Mistake: takes EINTR of close() for "not closed yet"
// Caught by: Robust.HangsUpWhicheverCallFails
// Says: you closed the socket twice
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const linger reset{1, 0};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    const int number = fd.release();
    while (::close(number) < 0 && errno == EINTR) {
    }
}

} // namespace kata
