// Mistake: does not wake a loop that is at work, and does not look again before it sleeps
// Caught by: Robust.KeepsATaskThatComesWhileOneRuns
// Says: so far ran: one, two
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {
std::atomic<bool> is_at_work{false};
}

void Loop::post(Task task)
{
    enqueues(*m_, std::move(task));
    if (!is_at_work)
        rings(*m_);
}

void runs_due(Parts& m)
{
    is_at_work = true;
    while (!m.due.empty() && !m.stopping)
        runs_next(m);
    is_at_work = false;
}

} // namespace kata
