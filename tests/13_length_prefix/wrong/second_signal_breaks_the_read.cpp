// Mistake: tries again after one signal, and not after a second
// Caught by: Robust.ReadsOnAfterSignals
// Says: threw EINTR
#include "13_length_prefix/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n < 0 && errno == EINTR)
            n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n == 0)
            break;
        if (n < 0)
            throw std::system_error{errno, std::generic_category(), "recv"};
        got += static_cast<std::size_t>(n);
    }
    return got;
}

} // namespace kata
