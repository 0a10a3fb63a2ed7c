// Mistake: sends with MSG_DONTWAIT, as it receives, and takes a full queue for an error
// Caught by: Robust.WaitsForRoomInTheQueue
// Says: EAGAIN
#include "18_stop_and_wait/rest.h"

namespace kata {

void send_once(int fd, const RdtPacket& packet)
{
    const std::vector<std::byte> datagram = rdt_pack(packet);
    while (::send(fd, datagram.data(), datagram.size(), MSG_DONTWAIT) < 0 && errno != ECONNREFUSED)
        if (errno != EINTR)
            fail(errno, "send");
}

} // namespace kata
