// Mistake: a signal ends the transfer
// Caught by: Robust.WaitsForWhatComesSlowly
// Says: EINTR
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, left_until(end)) < 0)
        fail(errno, "poll");
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT);
    if (n < 0 && !is_a_loss(errno))
        fail(errno, "recv");
    return n < 0 ? RdtPacket{} : rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
