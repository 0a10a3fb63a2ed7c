// Mistake: puts the task into the queue, and wakes nobody
// Caught by: Works.WakesASleepingLoop
// Says: so far ran: one
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void Loop::post(Task task) { enqueues(*m_, std::move(task)); }

} // namespace kata
