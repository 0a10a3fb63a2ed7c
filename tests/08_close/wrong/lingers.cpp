// Mistake: sets SO_LINGER to {1, 5} and lets close() do the waiting
// Caught by: Works.DeliversTheWholeAnswer
// Says: then a reset (RST)
#include "08_close/close.h"

#include <sys/socket.h>

namespace kata {

CloseResult graceful_close(UniqueFd fd, int /*limit_ms*/)
{
    const linger wait{1, 5};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &wait, sizeof wait);
    ::shutdown(fd.get(), SHUT_WR);
    fd.reset();
    return CloseResult::clean;
}

} // namespace kata
