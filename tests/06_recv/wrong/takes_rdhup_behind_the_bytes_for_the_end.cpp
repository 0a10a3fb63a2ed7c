// Mistake: saves the last recv: nothing waits, and POLLRDHUP is there. But a reset sets that bit, too, and then half is all
// Caught by: Hostile.TellsAResetFromTheEnd
// Says: threw ECONNRESET
#include "06_recv/rest.h"

#include <array>
#include <poll.h>
#include <stdexcept>
#include <sys/ioctl.h>

namespace kata {

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::array<std::byte, 16384> block;
    std::vector<std::byte> all;
    for (;;) {
        const std::size_t n = recv_some(fd, block);
        if (n > max - all.size())
            throw std::length_error{"the stream is longer than allowed"};
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
        pollfd state{fd, POLLRDHUP, 0};
        int unread = 0;
        if (n == 0 || (::poll(&state, 1, 0) > 0 && ::ioctl(fd, FIONREAD, &unread) == 0 && unread == 0))
            return all;
    }
}

} // namespace kata
