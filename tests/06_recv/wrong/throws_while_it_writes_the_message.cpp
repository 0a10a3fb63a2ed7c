// Mistake: names the address in the message: for a Unix socket that throws something else
// Caught by: Robust.SaysThatTheTimeIsUp
// Says: threw EAFNOSUPPORT
#include "02_address/address.h"
#include "06_recv/rest.h"

namespace kata {

std::size_t recv_some(int fd, std::span<std::byte> room)
{
    for (;;) {
        const ssize_t n = ::recv(fd, room.data(), room.size(), 0);
        if (n >= 0)
            return static_cast<std::size_t>(n);
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "recv at " + to_string(local_endpoint(fd))};
    }
}

} // namespace kata
