// Mistake: gives SO_LINGER its two numbers the wrong way round: off, one second
// Caught by: Works.HangsUpWithAReset
// Says: ann receives a reset (RST)
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const linger reset{0, 1};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
}

} // namespace kata
