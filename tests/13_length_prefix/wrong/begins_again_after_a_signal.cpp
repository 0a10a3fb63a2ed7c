// Mistake: after a signal it receives the part anew from its first byte: what came before is overwritten
// Caught by: Robust.ReadsOnAfterSignals
// Says: threw length_error
#include "13_length_prefix/rest.h"

namespace kata {

std::size_t receive(int fd, std::span<std::byte> out)
{
    std::size_t got = 0;
    while (got < out.size()) {
        const ssize_t n = ::recv(fd, out.data() + got, out.size() - got, 0);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "recv"};
        got = n > 0 ? got + static_cast<std::size_t>(n) : 0;
    }
    return got;
}

} // namespace kata
