// Mistake: takes an "exceptional condition" for an error, and its client for lost
// Caught by: Hostile.AnUrgentByteIsNoReasonToGo
// Says: bob receives "hello\n"
#include "28_poll_chat/rest.h"

namespace kata {

short events_for(const Client& client)
{
    return static_cast<short>((client.has_ended ? 0 : POLLIN | POLLPRI) | (client.waiting.empty() ? 0 : POLLOUT));
}

ssize_t takes(const Client& from, std::span<char> room)
{
    pollfd exception{from.fd.get(), POLLPRI, 0};
    if (::poll(&exception, 1, 0) == 1 && (exception.revents & POLLPRI) != 0) {
        errno = EIO;
        return -1;
    }
    return ::recv(from.fd.get(), room.data(), room.size(), blocks_not);
}

} // namespace kata
