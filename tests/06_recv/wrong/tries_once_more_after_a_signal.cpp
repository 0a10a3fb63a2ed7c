// Mistake: tries once more after a signal: the second one is fatal
// Caught by: Robust.CarriesOnAfterASignal
// Says: threw EINTR
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    ssize_t n = ::recv(fd, room.data(), room.size(), 0);
    if (n < 0 && errno == EINTR)
        n = ::recv(fd, room.data(), room.size(), 0);
    if (n < 0)
        fail("recv");
    return static_cast<std::size_t>(n);
}

} // namespace kata
