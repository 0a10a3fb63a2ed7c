// Mistake: takes EINTR for an error
// Caught by: Robust.ReturnsAtASignal
// Says: threw std::system_error
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    decltype(removed){}.swap(removed);
    next = end = 0;
    end = static_cast<std::size_t>(
        checked(::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), limit_ms), "epoll_wait"));
}

} // namespace kata
