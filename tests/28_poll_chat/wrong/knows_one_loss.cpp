// Mistake: takes every errno of recv() but ECONNRESET for a bad moment
// Caught by: Robust.LetsGoWhoseConnectionFails
// Says: expected  ann receives
#include "28_poll_chat/rest.h"

namespace kata {

ssize_t takes(const Client& from, std::span<char> room)
{
    const ssize_t n = ::recv(from.fd.get(), room.data(), room.size(), blocks_not);
    if (n < 0 && errno != ECONNRESET)
        errno = EAGAIN;
    return n;
}

} // namespace kata
