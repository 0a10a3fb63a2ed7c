// Mistake: closes a client when there is nothing to read after all
// Caught by: Robust.KeepsTheChatWhicheverCallFails
// Says: lost its connection
#include "28_poll_chat/rest.h"

namespace kata {

ssize_t takes(const Client& from, std::span<char> room)
{
    const ssize_t n = ::recv(from.fd.get(), room.data(), room.size(), blocks_not);
    if (n < 0)
        errno = ECONNRESET; // whatever it was
    return n;
}

} // namespace kata
