// Mistake: stop() takes the lock, also in a signal handler
// Caught by: Robust.StopsInASignalHandler
// Says: a lock
#include "30_wakeup_and_signals/rest.h"

namespace kata {

bool enqueues(Parts& m, Loop::Task task)
{
    const std::lock_guard lock{m.mutex};
    m.posted.push_back(std::move(task));
    return m.posted.size() == 1;
}

void Loop::stop() noexcept
{
    const int saved = errno;
    {
        const std::lock_guard lock{m_->mutex};
        m_->stopping = true;
    }
    rings(*m_);
    errno = saved;
}

} // namespace kata
