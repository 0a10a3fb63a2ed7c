// Mistake: ends when recv() returns 0, as on a stream
// Caught by: Robust.TakesADamagedBlockForLost
// Says: bob receives #1 ACK 0
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, left_until(end)) < 0 && errno != EINTR)
        fail(errno, "poll");
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT);
    if (n < 0 && !is_a_loss(errno))
        fail(errno, "recv");
    return n < 0    ? RdtPacket{}
           : n == 0 ? RdtPacket{'D', '0', {}}
                    : rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
