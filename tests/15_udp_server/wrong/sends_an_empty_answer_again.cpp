// Mistake: takes the 0 of a send that had nothing to send for a failure: after a signal the sender gets two answers
// Caught by: Robust.TriesAgainOnlyWhatCanPass
// Says: ann receives the datagram "hello"
#include "15_udp_server/rest.h"

namespace kata {

bool send_back(int fd, std::span<const std::byte> datagram, const Endpoint& to)
{
    for (int tries = 0; tries < 8; ++tries) {
        const ssize_t n = ::sendto(fd, datagram.data(), datagram.size(), 0, to.address(), to.size);
        if (n > 0 || (errno != EINTR && errno != ECONNREFUSED))
            return n >= 0;
    }
    return false;
}

} // namespace kata
