// Mistake: receives into one static room, where the largest datagram fits: two threads have the same
// Caught by: Robust.ServesInTwoThreadsAtOnce
// Says: ann receives the datagram "I am ann"
#include "15_udp_server/rest.h"

#include <algorithm>

namespace kata {

Received udp_echo_once(int fd, std::span<std::byte> scratch)
{
    static std::byte room[65535];
    Received received;
    received.size = receive(fd, room, received.from);
    std::copy_n(room, std::min(received.size, scratch.size()), scratch.begin());
    received.echoed = received.size <= scratch.size() && send_back(fd, scratch.first(received.size), received.from);
    return received;
}

} // namespace kata
