// Mistake: forgets the rest of the turn when a callback throws
// Caught by: Robust.KeepsTheOthersWhenOneThrows
// Says: run_once() returns 2
#include "29_epoll_reactor/rest.h"

namespace kata {

int Reactor::run_once(int limit_ms)
{
    m_->fetch(limit_ms);
    return m_->call_those_who_are_left();
}

} // namespace kata
