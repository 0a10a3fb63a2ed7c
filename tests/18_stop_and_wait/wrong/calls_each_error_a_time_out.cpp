// Mistake: says ETIMEDOUT when the machine has no memory
// Caught by: Robust.TellsWhicheverCallFails
// Says: the errno of the call that failed
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, left_until(end)) < 0 && errno != EINTR)
        fail(ETIMEDOUT, "poll");
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (n < 0 && !is_a_loss(errno))
        fail(ETIMEDOUT, "recv");
    if (n < 0 || static_cast<std::size_t>(n) > room_.size())
        return {};
    return rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
