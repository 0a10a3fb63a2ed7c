// Odd: waits in select(), and hears of a dead connection when it sends
#include "28_poll_chat/rest.h"

#include <algorithm>
#include <sys/select.h>

namespace kata {

int waits(Chat& chat, int limit_ms)
{
    fd_set in, out;
    FD_ZERO(&in);
    FD_ZERO(&out);
    int most = 0;
    for (const pollfd& entry : chat.table) {
        if ((entry.events & POLLIN) != 0 && entry.fd >= 0)
            FD_SET(entry.fd, &in);
        if ((entry.events & POLLOUT) != 0)
            FD_SET(entry.fd, &out);
        most = std::max(most, entry.fd);
    }
    timeval limit{0, limit_ms * 1000};
    const int ready = ::select(most + 1, &in, &out, nullptr, limit_ms < 0 ? nullptr : &limit);
    for (pollfd& entry : chat.table)
        if (ready > 0 && entry.fd >= 0)
            entry.revents = static_cast<short>((FD_ISSET(entry.fd, &in) ? POLLIN : 0) | (FD_ISSET(entry.fd, &out) ? POLLOUT : 0));
    return ready;
}

} // namespace kata
