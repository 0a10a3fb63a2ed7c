// Mistake: takes the number out of its owner, and throws before it closes it
// Caught by: Robust.HangsUpWhicheverCallFails
// Says: when the function is over
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const int number = fd.release();
    const linger reset{1, 0};
    if (::setsockopt(number, SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    ::close(number);
}

} // namespace kata
