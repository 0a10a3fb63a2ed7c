// Mistake: takes a connection that the kernel has given up for a stream that has ended
// Caught by: Robust.ThrowsWhatNoNextTryMends
// Says: threw ETIMEDOUT
#include "13_length_prefix/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n == 0 || (n < 0 && (errno == ETIMEDOUT || errno == EHOSTUNREACH)))
            break;
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "recv"};
        got += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return got;
}

} // namespace kata
