// Mistake: sends from one static place: what another client asks stands there by then
// Caught by: Robust.AsksInTwoThreadsAtOnce
// Says: what bob is asked
#include "16_udp_client/rest.h"

namespace kata {

void transmit(int fd, const Bytes& request)
{
    static Bytes datagram;
    datagram = request;
    ssize_t n = -1;
    do
        n = ::send(fd, datagram.data(), datagram.size(), 0);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "send"};
}

} // namespace kata
