// Mistake: compares each sender with the peer, in a sockaddr_in
// Caught by: Works.GoesOverBothFamilies
// Says: Connection timed out
#include "18_stop_and_wait/rest.h"

#include <netinet/in.h>

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, left_until(end)) < 0 && errno != EINTR)
        fail(errno, "poll");
    sockaddr_in from{}, peer{};
    socklen_t from_size = sizeof from, peer_size = sizeof peer;
    ::getpeername(fd_, reinterpret_cast<sockaddr*>(&peer), &peer_size);
    auto* const address = reinterpret_cast<sockaddr*>(&from);
    const ssize_t n = ::recvfrom(fd_, room_.data(), room_.size(), MSG_DONTWAIT | MSG_TRUNC, address, &from_size);
    if (n < 0 && !is_a_loss(errno))
        fail(errno, "recvfrom");
    if (n >= 0 && (from_size != sizeof from || from.sin_addr.s_addr != peer.sin_addr.s_addr || from.sin_port != peer.sin_port))
        return {};
    if (n < 0 || static_cast<std::size_t>(n) > room_.size())
        return {};
    return rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
