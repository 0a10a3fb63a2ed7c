// Mistake: destroys the removed ones once: whom their destructors remove is left until the next turn
// Caught by: Robust.LetsGoBeforeItSleeps
// Says: ann receives the end of the stream (FIN)
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    decltype(removed){}.swap(removed);
    const int n = ::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), limit_ms);
    next = 0;
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
}

} // namespace kata
