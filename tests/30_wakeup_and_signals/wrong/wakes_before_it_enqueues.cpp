// Mistake: wakes the loop first, and puts the task into the queue then
// Caught by: Robust.EnqueuesBeforeItWakes
// Says: so far ran: one
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::post(Task task)
{
    rings(*m_);
    enqueues(*m_, std::move(task));
}

} // namespace kata
