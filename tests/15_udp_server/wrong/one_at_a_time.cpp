// Mistake: waits for its datagram inside of a lock: a second thread cannot answer on its own socket before that has come
// Caught by: Robust.ServesInTwoThreadsAtOnce
// Says: bob receives the datagram "bob"
#include "15_udp_server/rest.h"

#include <mutex>

namespace kata {

Received udp_echo_once(int fd, std::span<std::byte> scratch)
{
    static std::mutex once;
    const std::lock_guard lock{once};
    Received received;
    received.size = receive(fd, scratch, received.from);
    received.echoed = received.size <= scratch.size() && send_back(fd, scratch.first(received.size), received.from);
    return received;
}

} // namespace kata
