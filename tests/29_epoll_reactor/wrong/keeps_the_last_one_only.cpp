// Mistake: keeps only the last one that was removed until nobody runs in it
// Caught by: Robust.LetsACallbackReplaceItself
// Says: the callback lives while it runs
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::forget(int fd)
{
    if (auto node = watched.extract(fd)) {
        removed.clear();
        removed.push_back(std::move(node));
    }
}

} // namespace kata
