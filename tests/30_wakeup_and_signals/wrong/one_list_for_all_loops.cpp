// Mistake: keeps what is due in a static list: a second loop runs what waits in the first
// Caught by: Robust.KeepsItsTasksFromTheOther
// Says: so far ran: three there, two here
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {

std::list<Loop::Task> all_due;

} // namespace

void takes(Parts& m)
{
    const std::lock_guard lock{m.mutex};
    all_due.splice(all_due.end(), m.posted);
    if (!all_due.empty())
        m.due.emplace_back([] {}); // there is something
}

void runs_due(Parts& m)
{
    for (m.due.clear(); !all_due.empty() && !m.stopping;) {
        const Loop::Task task = std::move(all_due.front());
        all_due.pop_front();
        task();
    }
}

} // namespace kata
