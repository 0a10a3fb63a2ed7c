// Odd: an epoll descriptor can be polled, too
#include "29_epoll_reactor/rest.h"

#include <poll.h>

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    while (!removed.empty())
        decltype(removed){}.swap(removed);
    next = end = 0;
    pollfd all{epoll.get(), POLLIN, 0};
    if (const int ready = ::poll(&all, 1, limit_ms); ready <= 0) {
        if (ready < 0 && errno != EINTR)
            checked(ready, "poll");
        return;
    }
    end = static_cast<std::size_t>(
        checked(::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), 0), "epoll_wait"));
}

} // namespace kata
