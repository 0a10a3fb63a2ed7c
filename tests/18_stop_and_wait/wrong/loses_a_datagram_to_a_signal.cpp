// Mistake: takes a send() that a signal ended for a loss on the wire
// Caught by: Robust.ASignalLosesNothing
// Says: came      nothing
#include "18_stop_and_wait/rest.h"

namespace kata {

void send_once(int fd, const RdtPacket& packet)
{
    const std::vector<std::byte> datagram = rdt_pack(packet);
    if (::send(fd, datagram.data(), datagram.size(), 0) < 0 && errno != ECONNREFUSED && errno != EINTR)
        fail(errno, "send");
}

} // namespace kata
