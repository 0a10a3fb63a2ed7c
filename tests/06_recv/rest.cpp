// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "06_recv/rest.h"

#include <array>
#include <stdexcept>

namespace kata {

[[gnu::weak]] std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR)
            fail("recv");
    }
}

[[gnu::weak]] std::size_t recv_exactly(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const std::size_t n = recv_some(fd, out.subspan(got));
        if (n == 0)
            break;
        got += n;
    }
    return got;
}

[[gnu::weak]] std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::array<std::byte, 4096> block;
    std::vector<std::byte> all;
    while (const std::size_t n = recv_some(fd, block)) {
        if (n > max - all.size())
            throw std::length_error{"too long"};
        all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(n));
    }
    return all;
}

} // namespace kata
