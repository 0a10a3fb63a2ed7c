// Mistake: keeps the result of recv() in a size_t and never looks for -1
// Caught by: Robust.CarriesOnAfterASignal
// Says: came      "h
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
    while (got < out.size()) {
        const auto n = static_cast<std::size_t>(::recv(fd, out.data() + got, out.size() - got, 0));
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
