// Mistake: reads ahead into a static buffer, from which it serves the next call
// Caught by: Works.FillsTheSpan
// Says: stuck: asleep in recv(3)
#include "06_recv/recv.h"

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "recv"};
    }
}

} // namespace

std::size_t recv_exactly(int fd, std::span<std::byte> out)
{
    static std::vector<std::byte> ahead;
    while (ahead.size() < out.size()) {
        std::byte buffer[4096];
        const std::size_t n = recv_some(fd, buffer);
        if (n == 0)
            break;
        ahead.insert(ahead.end(), buffer, buffer + n);
    }
    const std::size_t got = std::min(ahead.size(), out.size());
    const auto end = ahead.begin() + static_cast<std::ptrdiff_t>(got);
    std::copy(ahead.begin(), end, out.begin());
    ahead.erase(ahead.begin(), end);
    return got;
}

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::vector<std::byte> all;
    std::byte buffer[4096];
    for (;;) {
        const std::size_t n = recv_some(fd, buffer);
        if (n == 0)
            return all;
        if (n > max - all.size())
            throw std::length_error{"too long"};
        all.insert(all.end(), buffer, buffer + n);
    }
}

} // namespace kata
