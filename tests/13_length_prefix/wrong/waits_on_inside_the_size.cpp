// Mistake: a silence inside of the four bytes of the size is none: the caller's time limit ends every read but this one
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
        const bool is_on_its_way = errno == EAGAIN && out.size() == 4 && got > 0;
        if (n < 0 && errno != EINTR && !is_on_its_way)
            throw std::system_error{errno, std::generic_category(), "recv"};
        got += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return got;
}

} // namespace kata
