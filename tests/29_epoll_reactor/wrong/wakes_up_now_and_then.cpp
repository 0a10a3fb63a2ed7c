// Mistake: looks up each 100 ms
// Caught by: Works.WaitsForItsTime
// Says: waits that only time ended
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::fetch(int limit_ms)
{
    decltype(removed){}.swap(removed);
    int n = 0, left = limit_ms;
    do {
        const int slice = left < 0 ? 100 : std::min(left, 100);
        n = ::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), slice);
        left -= left < 0 ? 0 : slice;
    } while (n == 0 && left != 0);
    next = 0;
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
}

} // namespace kata
