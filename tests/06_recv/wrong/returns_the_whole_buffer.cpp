// Mistake: returns a buffer that grows in blocks, with the room that was not used
// Caught by: Works.ReadsUntilTheEnd
// Says: expected  "he\x00llo\xff"
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
        const std::size_t n = recv_some(fd, out.subspan(got));
        if (n == 0)
            break;
        got += n;
    }
    return got;
}

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    constexpr std::size_t block = 16;
    std::vector<std::byte> all;
    std::size_t got = 0;
    for (;;) {
        if (got == all.size())
            all.resize(all.size() + block);
        const std::size_t n = recv_some(fd, std::span{all}.subspan(got));
        if (n == 0)
            return all;
        got += n;
        if (got > max)
            throw std::length_error{"too long"};
    }
}

} // namespace kata
