// Mistake: compares the maximum as a signed number: SIZE_MAX - 1 is less than nothing
// Caught by: Robust.TreatsTheMaximumAsALimit
// Says: threw length_error
#include "06_recv/recv.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

// What has come, at least one byte; 0 at the end of the stream. `room` is not empty: recv would give 0 for that, too.
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

// Not one call with MSG_WAITALL: a signal ends that early, too (recv(2), MSG_WAITALL), so the loop stays.
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
    std::array<std::byte, 16384> block; // its own room: it is never full, so 0 is the end, and max may be any number
    std::vector<std::byte> all;
    for (;;) {
        const std::size_t n = recv_some(fd, block);
        if (n == 0)
            return all;
        const bool limited = max != SIZE_MAX;
        if (limited && std::ssize(all) + static_cast<std::ptrdiff_t>(n) > static_cast<std::ptrdiff_t>(max))
            throw std::length_error{"the stream is longer than allowed"};
        all.insert(all.end(), block.begin(), block.begin() + n);
    }
}

} // namespace kata
