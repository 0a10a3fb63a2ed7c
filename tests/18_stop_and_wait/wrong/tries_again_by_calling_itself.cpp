// Mistake: after a signal it calls itself, and each call keeps its datagram: the stack grows with the signals
// Caught by: Robust.AnyNumberOfSignalsLosesNothing
// Says: bob receives nothing
#include "18_stop_and_wait/rest.h"

namespace kata {

void send_once(int fd, const RdtPacket& packet)
{
    const std::vector<std::byte> datagram = rdt_pack(packet);
    if (::send(fd, datagram.data(), datagram.size(), 0) >= 0 || errno == ECONNREFUSED)
        return;
    if (errno != EINTR)
        fail(errno, "send");
    send_once(fd, packet);
}

} // namespace kata
