// Mistake: puts the task into the queue without the lock
// Caught by: Hostile.RunsTenThousandOfEachOfEight
// Says: data race
#include "30_wakeup_and_signals/rest.h"

namespace kata {

bool enqueues(Parts& m, Loop::Task task)
{
    m.posted.push_back(std::move(task));
    return m.posted.size() == 1;
}

} // namespace kata
