// Mistake: takes a full buffer for the promise of more, and says MSG_MORE
// Caught by: Robust.KeepsNothingBack
// Says: your last send() said MSG_MORE
#include "29_epoll_reactor/rest.h"

namespace kata {

ssize_t sends(int fd, std::span<const std::byte> bytes)
{
    const int more = bytes.size() == 16384 ? MSG_MORE : 0;
    return ::send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL | more);
}

} // namespace kata
