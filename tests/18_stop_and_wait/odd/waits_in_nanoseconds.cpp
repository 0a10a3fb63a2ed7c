// Odd: waits with ppoll() for exactly what is left
#include "18_stop_and_wait/rest.h"

namespace kata {

RdtPacket Inbox::next(Clock::time_point end)
{
    const auto left = std::max(std::chrono::nanoseconds{0}, std::chrono::nanoseconds{end - Clock::now()}).count();
    const timespec limit{left / 1'000'000'000, left % 1'000'000'000};
    pollfd p{fd_, POLLIN, 0};
    if (::ppoll(&p, 1, &limit, nullptr) < 0 && errno != EINTR)
        fail(errno, "ppoll");
    const ssize_t n = ::recv(fd_, room_.data(), room_.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (n < 0 && !is_a_loss(errno))
        fail(errno, "recv");
    if (n < 0 || static_cast<std::size_t>(n) > room_.size())
        return {};
    return rdt_unpack(std::span{room_}.first(static_cast<std::size_t>(n)));
}

} // namespace kata
