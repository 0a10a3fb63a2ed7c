// Mistake: waits again after a signal, for the whole time
// Caught by: Robust.ReturnsAtASignal
// Says: nobody is called
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    decltype(removed){}.swap(removed);
    int n = 0;
    while ((n = ::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), limit_ms)) < 0 && errno == EINTR) {
    }
    next = 0;
    end = static_cast<std::size_t>(checked(n, "epoll_wait"));
}

} // namespace kata
