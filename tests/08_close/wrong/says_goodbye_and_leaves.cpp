// Mistake: sends FIN, and closes without reading
// Caught by: Works.DeliversTheWholeAnswer
// Says: then a reset (RST)
#include "08_close/close.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

CloseResult graceful_close(UniqueFd fd, int /*limit_ms*/)
{
    if (::shutdown(fd.get(), SHUT_WR) < 0) {
        if (errno == ENOTCONN)
            return CloseResult::peer_reset;
        throw std::system_error{errno, std::generic_category(), "shutdown"};
    }
    return CloseResult::clean;
}

} // namespace kata
