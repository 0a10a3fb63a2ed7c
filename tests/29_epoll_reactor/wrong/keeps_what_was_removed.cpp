// Mistake: never destroys the callbacks that it put aside
// Caught by: Robust.LetsACallbackRemoveItself
// Says: the callback is destroyed when the next turn has begun
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    const int n = ::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), limit_ms);
    next = 0;
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
}

} // namespace kata
