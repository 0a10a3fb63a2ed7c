// Mistake: copies the message, piece by piece, into a static block, which all threads share
// Caught by: Robust.KeepsTheThreadsApart
// Says: other bytes from byte
#include "07_send/rest.h"

#include <algorithm>
#include <array>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    static std::array<std::byte, 65536> block;
    while (!bytes.empty()) {
        const std::size_t size = std::min(bytes.size(), block.size());
        std::copy_n(bytes.begin(), size, block.begin());
        for (std::size_t sent = 0; sent < size;) {
            const ssize_t n = ::send(fd, block.data() + sent, size - sent, MSG_NOSIGNAL);
            if (n >= 0)
                sent += static_cast<std::size_t>(n);
            else if (errno == EAGAIN)
                wait_for_room(fd);
            else if (errno != EINTR)
                fail(errno, "send");
        }
        bytes = bytes.subspan(size);
    }
}

} // namespace kata
