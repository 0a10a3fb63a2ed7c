// Mistake: clears the flag when run() begins
// Caught by: Robust.HearsAnEarlyStop
// Says: asleep in epoll_wait
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::run()
{
    m_->stopping = false;
    while (!m_->stopping) {
        waits(*m_);
        runs_due(*m_);
    }
    m_->stopping = false;
}

} // namespace kata
