// Mistake: reads only when poll() says POLLIN, and an error waits for ever
// Caught by: Hostile.NobodyIsAtTheOtherPortAnyMore
// Says: busy loop
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, left_until(end)) < 0 && errno != EINTR)
        fail(errno, "poll");
    if ((p.revents & POLLIN) == 0)
        return {};
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT);
    if (n < 0 && !is_a_loss(errno))
        fail(errno, "recv");
    return n < 0 ? RdtPacket{} : rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
