// Mistake: tries again by calling itself: each signal on an idle server takes a piece of the stack
// Caught by: Robust.AnyNumberOfSignalsEndsNothing
// Says: stack-overflow
#include "15_udp_server/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    Endpoint sender;
    sender.size = sizeof sender.storage;
    auto* const address = reinterpret_cast<sockaddr*>(&sender.storage);
    ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC, address, &sender.size);
    if (n < 0) {
        if (errno != EINTR && !is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
        n = static_cast<ssize_t>(receive(fd, room, sender));
    }
    from = sender;
    return static_cast<std::size_t>(n);
}

} // namespace kata
