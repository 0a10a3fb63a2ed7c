// Mistake: sleeps for a millisecond at most, and looks again
// Caught by: Robust.KeepsItsTimeToTheMillisecond
// Says: a pause and a look
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, std::min(left_until(end), 1)) < 0 && errno != EINTR)
        fail(errno, "poll");
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (n < 0 && !is_a_loss(errno))
        fail(errno, "recv");
    if (n < 0 || static_cast<std::size_t>(n) > room_.size())
        return {};
    return rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
