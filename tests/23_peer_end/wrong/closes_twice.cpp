// Mistake: closes by hand what its owner closes again
// Caught by: Works.HangsUpWithAReset
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
    ::close(fd.get());
}

} // namespace kata
