// Mistake: takes each error for a lost datagram
// Caught by: Robust.ThrowsWhatWillNotPass
// Says: busy loop
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, left_until(end)) < 0 && errno != EINTR)
        fail(errno, "poll");
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT);
    return n < 0 ? RdtPacket{} : rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

void send_once(int fd, const RdtPacket& packet)
{
    const std::vector<std::byte> datagram = rdt_pack(packet);
    while (::send(fd, datagram.data(), datagram.size(), 0) < 0 && errno == EINTR) {
    }
}

} // namespace kata
