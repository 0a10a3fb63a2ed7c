// Mistake: stop() sets a flag, which wakes nobody
// Caught by: Works.StopsFromAnotherThread
// Says: asleep in epoll_wait
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::stop() noexcept { m_->stopping = true; }

} // namespace kata
