// Mistake: wakes the loop first, and sets the flag then
// Caught by: Robust.StopsBeforeItRings
// Says: nothing will ever wake it
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::stop() noexcept
{
    const int saved = errno;
    rings(*m_);
    m_->stopping = true;
    errno = saved;
}

} // namespace kata
