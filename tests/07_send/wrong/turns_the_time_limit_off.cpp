// Mistake: sets SO_SNDTIMEO to 0 for the time being, and puts that back only when all went well
// Caught by: Robust.LeavesTheTimeLimitOfTheCaller
// Says: SO_SNDTIMEO as the caller set it, after a throw
#include "07_send/rest.h"

#include <sys/time.h>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    timeval limit{};
    socklen_t size = sizeof limit;
    ::getsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, &size);
    const timeval none{};
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &none, sizeof none);
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            wait_for_room(fd);
        else if (errno != EINTR)
            fail(errno, "send");
    }
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

} // namespace kata
