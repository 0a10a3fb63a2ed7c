// Mistake: has room for the largest datagram of UDP, and no more: one of a Unix socket is cut, and so "damaged" each time
// Caught by: Works.GoesOverUnixSockets
// Says: Connection timed out
#include "18_stop_and_wait/rest.h"

namespace kata {

Inbox::Inbox(int fd, std::size_t block) : fd_{fd}, room_(std::min<std::size_t>(rdt_header + block, 65535))
{
    if (fd < 0)
        fail(EBADF, "poll");
}

} // namespace kata
