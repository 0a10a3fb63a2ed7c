// Mistake: sets SO_LINGER until that succeeds, whatever the error was
// Caught by: Robust.HangsUpOrSaysThatItCannot
// Says: a ninth try
#include "23_peer_end/peer_end.h"

#include <sys/socket.h>

namespace kata {

void abort_connection(UniqueFd fd)
{
    const linger reset{1, 0};
    while (::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) < 0) {
    }
}

} // namespace kata
