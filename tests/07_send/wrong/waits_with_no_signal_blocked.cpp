// Mistake: gives ppoll() an empty mask, and so lets in what the caller has blocked
// Caught by: Robust.LeavesSignalsToTheCaller
// Says: killed by SIGPIPE inside ppoll(3
#include "07_send/rest.h"

#include <csignal>

namespace kata {

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    sigset_t none;
    ::sigemptyset(&none);
    if (::ppoll(&room, 1, nullptr, &none) < 0 && errno != EINTR)
        fail(errno, "ppoll");
}

} // namespace kata
