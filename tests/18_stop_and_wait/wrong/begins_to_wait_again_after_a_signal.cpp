// Mistake: a wait that a signal ended begins from its beginning
// Caught by: Robust.ASignalDoesNotStartTheTimerAgain
// Says: it took 380 ms
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    pollfd p{fd_, POLLIN, 0};
    const int time = left_until(end);
    while (::poll(&p, 1, time) < 0)
        if (errno != EINTR)
            fail(errno, "poll");
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT);
    if (n < 0 && !is_a_loss(errno))
        fail(errno, "recv");
    return n < 0 ? RdtPacket{} : rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
