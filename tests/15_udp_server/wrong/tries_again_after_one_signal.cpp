// Mistake: tries again after the first signal, and not after the second
// Caught by: Robust.TriesAgainOnlyWhatCanPass
// Says: recvfrom: Interrupted system call
#include "15_udp_server/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> room, Endpoint& from)
{
    for (bool interrupted = false;;) {
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(fd, room.data(), room.size(), MSG_TRUNC, address, &from.size);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno == EINTR && !interrupted)
            interrupted = true;
        else if (!is_an_earlier_answers(errno))
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
    }
}

} // namespace kata
