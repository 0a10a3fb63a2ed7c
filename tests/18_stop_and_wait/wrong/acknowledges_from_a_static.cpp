// Mistake: its acknowledgements leave from one place of all threads
// Caught by: Robust.ReceivesInTwoThreadsAtOnce
// Says: bob receives ACK 0
#include "18_stop_and_wait/rest.h"

#include <array>

namespace kata {

void send_once(int fd, const RdtPacket& packet)
{
    static std::array<std::byte, rdt_header> acknowledgement;
    const std::vector<std::byte> packed = rdt_pack(packet);
    std::span<const std::byte> datagram = packed;
    if (packet.kind == 'A') {
        std::ranges::copy(packed, acknowledgement.begin());
        datagram = acknowledgement;
    }
    while (::send(fd, datagram.data(), datagram.size(), 0) < 0 && errno != ECONNREFUSED)
        if (errno != EINTR)
            fail(errno, "send");
}

} // namespace kata
