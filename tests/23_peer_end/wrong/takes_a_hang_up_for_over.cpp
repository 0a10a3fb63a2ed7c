// Mistake: takes two ended streams for a connection that is over, and only closes
// Caught by: Robust.DropsAnEndThatIsNotSentYet
// Says: ann receives a reset (RST)
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void abort_connection(UniqueFd fd)
{
    pollfd peer{fd.get(), 0, 0};
    if (::poll(&peer, 1, 0) > 0 && (peer.revents & POLLHUP) != 0)
        return;
    const linger reset{1, 0};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
}

} // namespace kata
