// Odd: does not wait for room in the send buffer: an answer that finds none is lost, and reported
#include "15_udp_server/rest.h"

namespace kata {

bool send_back(int fd, std::span<const std::byte> datagram, const Endpoint& to)
{
    for (;;) {
        if (::sendto(fd, datagram.data(), datagram.size(), MSG_DONTWAIT, to.address(), to.size) >= 0)
            return true;
        if (errno != EINTR && errno != ECONNREFUSED)
            return false;
    }
}

} // namespace kata
