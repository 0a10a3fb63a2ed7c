// Mistake: looks, and pauses with a poll() of nobody
// Caught by: Robust.KeepsItsTimeToTheMillisecond
// Says: a pause and a look
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    if (Clock::now() < end)
        ::poll(nullptr, 0, 1);
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (n < 0 && !is_a_loss(errno))
        fail(errno, "recv");
    if (n < 0 || static_cast<std::size_t>(n) > room_.size())
        return {};
    return rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
