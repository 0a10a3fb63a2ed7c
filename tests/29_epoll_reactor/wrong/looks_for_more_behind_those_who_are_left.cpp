// Mistake: calls who was left over by an exception, and then looks for more in the same turn: some come twice
// Caught by: Robust.CallsOnceWhoWasLeftOver
// Says: who were left over is called once
#include "29_epoll_reactor/rest.h"

namespace kata {

int Reactor::run_once(int limit_ms)
{
    const int called = m_->call_those_who_are_left();
    m_->fetch(called > 0 ? 0 : limit_ms);
    return called + m_->call_those_who_are_left();
}

} // namespace kata
