// Odd: calls a copy of the callback, and destroys the one in the table at once
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::forget(int fd) { watched.erase(fd); }

void Reactor::Machinery::tells(Watched& who, std::uint32_t events)
{
    const Callback copy = who.callback;
    copy(events);
}

} // namespace kata
