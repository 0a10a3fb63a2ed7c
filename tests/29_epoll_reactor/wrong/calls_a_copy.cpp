// Mistake: calls a copy of the callback, which may remove the one in the table then
// Caught by: Robust.KeepsTheStateOfACallback
// Says: a callback that counts its calls has counted 2
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::forget(int fd) { watched.erase(fd); }

void Reactor::Machinery::tells(Watched& who, std::uint32_t events)
{
    const Callback copy = who.callback;
    copy(events);
}

} // namespace kata
