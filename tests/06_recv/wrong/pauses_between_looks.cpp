// Mistake: looks with MSG_DONTWAIT, sleeps a millisecond, and looks again
// Caught by: Robust.SleepsUntilSomethingComes
// Says: times when nothing had come
#include "06_recv/rest.h"

#include <chrono>
#include <thread>

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), MSG_DONTWAIT);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno == EAGAIN)
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        else if (errno != EINTR)
            fail("recv");
    }
}

} // namespace kata
