// Mistake: receives into one static room, where the largest datagram fits: two clients have the same
// Caught by: Robust.AsksInTwoThreadsAtOnce
// Says: (no answer)
#include "16_udp_client/rest.h"

namespace kata {

Bytes receive(int fd)
{
    static std::byte room[65535];
    const ssize_t n = ::recv(fd, room, sizeof room, MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "recv"};
    return {room, room + (n < 0 ? 0 : n)};
}

} // namespace kata
