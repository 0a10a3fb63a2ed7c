// Mistake: asks epoll_wait() for one event
// Caught by: Works.CallsAllWhoHaveNews
// Says: run_once() returns 10
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    decltype(removed){}.swap(removed);
    const int n = ::epoll_wait(epoll.get(), batch.data(), 1, limit_ms);
    next = 0;
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
}

} // namespace kata
