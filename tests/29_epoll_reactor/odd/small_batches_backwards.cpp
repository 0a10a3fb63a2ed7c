// Odd: takes 16 events at a time, and calls the last one first
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    while (!removed.empty())
        decltype(removed){}.swap(removed);
    const int n = ::epoll_pwait(epoll.get(), batch.data(), 16, limit_ms, nullptr);
    next = 0;
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_pwait"));
    std::reverse(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(end));
}

} // namespace kata
