// Mistake: takes each send() that fails for a loss on the wire
// Caught by: Robust.NotEachFailureIsALoss
// Says: came      std::system_error with ETIMEDOUT
#include "18_stop_and_wait/rest.h"

namespace kata {

void send_once(int fd, const RdtPacket& packet)
{
    const std::vector<std::byte> datagram = rdt_pack(packet);
    while (::send(fd, datagram.data(), datagram.size(), 0) < 0 && errno == EINTR) {
    }
}

} // namespace kata
