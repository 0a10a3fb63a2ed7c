// Mistake: destroys who was removed when the next turn wakes up, not before it sleeps
// Caught by: Robust.LetsGoBeforeItSleeps
// Says: ann receives the end of the stream (FIN)
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    const int n = ::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), limit_ms);
    next = 0;
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
    decltype(removed){}.swap(removed);
}

} // namespace kata
