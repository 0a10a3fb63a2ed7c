// Mistake: takes a wait that a signal has ended for the end
// Caught by: Robust.GoesOnAfterASignal
// Says: so far ran: one
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::run()
{
    while (!m_->stopping.exchange(false)) {
        if (m_->reactor.run_once(m_->due.empty() ? -1 : 0) == 0 && m_->due.empty())
            return;
        runs_due(*m_);
    }
}

} // namespace kata
