// Mistake: a static array of events, for all reactors
// Caught by: Robust.TurnsInATurnOfAnother
// Says: run_once() returns 3
#include "29_epoll_reactor/rest.h"

namespace kata {

static epoll_event events[64];

void Reactor::Machinery::fetch(int limit_ms)
{
    decltype(removed){}.swap(removed);
    const int n = ::epoll_wait(epoll.get(), events, 64, limit_ms);
    next = 0;
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
}

int Reactor::Machinery::call_those_who_are_left()
{
    int called = 0;
    while (next < end) {
        const epoll_event event = events[next++];
        if (Watched* const who = meant_by(event)) {
            ++called;
            tells(*who, event.events);
        }
    }
    return called;
}

} // namespace kata
