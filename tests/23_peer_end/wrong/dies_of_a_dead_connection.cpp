// Mistake: takes the ENOTCONN of a connection that is over for a failure
// Caught by: Robust.FindsNoFaultInAConnectionThatIsOver
// Says: ENOTCONN
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const linger reset{1, 0};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0 || ::shutdown(fd.get(), SHUT_RD) < 0)
        throw std::system_error{errno, std::generic_category(), "shutdown"};
}

} // namespace kata
