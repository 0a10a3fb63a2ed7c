// Mistake: asks SO_ERROR before it reads: the last frame before a reset is lost
// Caught by: Hostile.ReadsWhatCameBeforeTheEnd
// Says: came      "threw ECONNRESET"
#include "13_length_prefix/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        int error = 0;
        socklen_t size = sizeof error;
        if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error != 0)
            throw std::system_error{error, std::generic_category(), "recv"};
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "recv"};
        got += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return got;
}

} // namespace kata
