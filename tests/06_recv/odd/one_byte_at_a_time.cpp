// Odd: one system call for each byte
#include "06_recv/recv.h"

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
    std::size_t got = 0;
    while (got < out.size() && recv_some(fd, out.subspan(got, 1)) == 1)
        ++got;
    return got;
}

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    std::vector<std::byte> all;
    for (std::byte next; recv_some(fd, {&next, 1}) == 1; all.push_back(next))
        if (all.size() == max)
            throw std::length_error{"too long"};
    return all;
}

} // namespace kata
