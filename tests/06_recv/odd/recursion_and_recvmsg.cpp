// Odd: recursion in place of loops, and recvmsg
#include "06_recv/recv.h"

#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/uio.h>
#include <system_error>

namespace kata {

namespace {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    iovec part{room.data(), room.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    const ssize_t n = ::recvmsg(fd, &message, 0);
    if (n >= 0)
        return static_cast<std::size_t>(n);
    if (errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "recvmsg"};
    return recv_some(fd, room);
}

} // namespace

std::size_t recv_exactly(int fd, std::span<std::byte> out)
{
    const std::size_t n = out.empty() ? 0 : recv_some(fd, out);
    return n == 0 ? 0 : n + recv_exactly(fd, out.subspan(n));
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
