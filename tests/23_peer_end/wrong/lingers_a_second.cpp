// Mistake: gives close() a second to send the rest
// Caught by: Robust.DropsWhatIsNotSentYet
// Says: SO_LINGER with a time makes close() sleep
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const linger reset{1, 1};
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
}

} // namespace kata
