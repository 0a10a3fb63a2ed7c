// Mistake: lets go of the descriptor and does not close it
// Caught by: Works.HangsUpWithAReset
// Says: after abort_connection()
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const linger reset{1, 0};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    fd.release();
}

} // namespace kata
