// Mistake: has one place for the task that runs: the last one lives in it until the next one comes
// Caught by: Robust.DestroysATaskWhenItHasRun
// Says: is destroyed when run() returns
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void runs_next(Parts& m)
{
    if (!m.own)
        m.own = std::make_shared<Loop::Task>();
    Loop::Task& running = m.its<Loop::Task>();
    running = std::move(m.due.front());
    m.due.pop_front();
    running();
}

} // namespace kata
