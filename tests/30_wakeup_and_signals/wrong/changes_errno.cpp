// Mistake: leaves the errno of write() behind
// Caught by: Robust.LeavesErrnoAlone
// Says: it was before
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::stop() noexcept
{
    m_->stopping = true;
    rings(*m_);
}

} // namespace kata
