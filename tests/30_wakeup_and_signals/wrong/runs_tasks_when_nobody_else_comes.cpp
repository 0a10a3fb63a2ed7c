// Mistake: runs tasks when no descriptor is ready
// Caught by: Hostile.RunsTasksBesideABusyDescriptor
// Says: not in 100 turns
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::run()
{
    while (!m_->stopping.exchange(false))
        if (m_->reactor.run_once(m_->due.empty() ? -1 : 0) == 0)
            runs_due(*m_);
}

} // namespace kata
