// Mistake: EFD_SEMAPHORE, and a turn for each task
// Caught by: Robust.PaysOnceForManyTasks
// Says: so many calls that wait or read
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void makes_alarm(Parts& m) { m.alarm = UniqueFd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE)}; }

void Loop::post(Task task)
{
    enqueues(*m_, std::move(task));
    rings(*m_);
}

} // namespace kata
