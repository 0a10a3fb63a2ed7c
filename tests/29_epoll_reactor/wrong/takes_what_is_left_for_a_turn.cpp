// Mistake: what an exception left is the whole turn, also when it was removed meanwhile
// Caught by: Robust.WaitsWhenAllWhoAreLeftWereRemoved
// Says: it returns after 100 ms
#include "29_epoll_reactor/rest.h"

namespace kata {

int Reactor::run_once(int limit_ms)
{
    if (m_->next == m_->end)
        m_->fetch(limit_ms);
    return m_->call_those_who_are_left();
}

} // namespace kata
