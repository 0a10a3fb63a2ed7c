// Mistake: reads as much as there is and keeps what is too much to itself
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
    std::byte buffer[4096];
    std::size_t got = 0;
    while (got < out.size()) {
        const std::size_t n = recv_some(fd, buffer);
        if (n == 0)
            break;
        const std::size_t wanted = std::min(n, out.size() - got);
        std::copy(buffer, buffer + wanted, out.begin() + static_cast<std::ptrdiff_t>(got));
        got += wanted;
    }
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
