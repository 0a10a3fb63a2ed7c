// Odd: ppoll() before each read(), and the system category
#include "06_recv/recv.h"

#include <cerrno>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>
#include <time.h>
#include <unistd.h>

namespace kata {

namespace {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        timeval limit{};
        socklen_t size = sizeof limit;
        const bool limited =
            ::getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) == 0 && (limit.tv_sec != 0 || limit.tv_usec != 0);
        const timespec patience{limit.tv_sec, limit.tv_usec * 1000};
        pollfd p{fd, POLLIN, 0};
        const int ready = ::ppoll(&p, 1, limited ? &patience : nullptr, nullptr);
        const ssize_t n = ready > 0 ? ::read(fd, room.data(), room.size()) : -1;
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (ready == 0)
            throw std::system_error{EAGAIN, std::system_category(), "poll"};
        if (errno != EINTR)
            throw std::system_error{errno, std::system_category(), "read"};
    }
}

} // namespace

std::size_t recv_exactly(int fd, std::span<std::byte> out)
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
