// Mistake: sleeps in ppoll() with an empty mask, which lets in for that time what the caller has blocked
// Caught by: Robust.LetsNoBlockedSignalIn
// Says: killed by SIGTERM
#include "06_recv/rest.h"

#include <poll.h>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    const sigset_t none{};
    for (pollfd input{fd, POLLIN, 0};;) {
        if (::ppoll(&input, 1, nullptr, &none) < 0 && errno != EINTR)
            fail("ppoll");
        const ssize_t n = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR && errno != EAGAIN)
            fail("recv");
    }
}

} // namespace kata
