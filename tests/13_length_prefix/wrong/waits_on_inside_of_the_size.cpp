// Mistake: a frame has begun with its first byte, so a silence inside of the four bytes of its size is none
// Caught by: Hostile.SaysThatTheTimeIsUp
// Says: still running after
#include "13_length_prefix/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n == 0)
            break;
        const bool goes_on = errno == EINTR || (errno == EAGAIN && got > 0 && out.size() == 4);
        if (n < 0 && !goes_on)
            throw std::system_error{errno, std::generic_category(), "recv"};
        got += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return got;
}

} // namespace kata
