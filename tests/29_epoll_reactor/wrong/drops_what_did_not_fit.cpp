// Mistake: does not look how much send() took
// Caught by: Robust.EchoesABurst
// Says: ann receives 200000 bytes
#include "29_epoll_reactor/rest.h"

namespace kata {

std::uint32_t answers(int fd, std::span<const std::byte> bytes, Bytes& /*rest*/)
{
    const ssize_t n = sends(fd, bytes);
    return n < 0 && errno != EAGAIN ? 0u : EPOLLIN + 0u;
}

} // namespace kata
