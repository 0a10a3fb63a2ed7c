// Mistake: ECONNREFUSED after the last block throws away a complete transfer
// Caught by: Hostile.TheSenderMayBeGone
// Says: ECONNREFUSED
#include "18_stop_and_wait/rest.h"

namespace kata {

void send_once(int fd, const RdtPacket& packet)
{
    const std::vector<std::byte> datagram = rdt_pack(packet);
    while (::send(fd, datagram.data(), datagram.size(), 0) < 0)
        if (errno != EINTR)
            fail(errno, "send");
}

} // namespace kata
