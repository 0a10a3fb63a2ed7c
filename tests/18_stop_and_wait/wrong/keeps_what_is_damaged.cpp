// Mistake: does not check a block before it keeps and acknowledges it
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
    if (n < static_cast<ssize_t>(rdt_header))
        return {};
    const std::span<const std::byte> datagram = std::span{room_}.first(static_cast<std::size_t>(n));
    return {static_cast<char>(datagram[0]), static_cast<char>(datagram[1]), datagram.subspan(rdt_header)};
}

} // namespace kata
