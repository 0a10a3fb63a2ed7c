// Mistake: keeps what is due in a thread_local list: the next run(), on another thread, does not find what was left
// Caught by: Robust.LetsATaskThrow
// Says: so far ran: one, two, three
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {
thread_local std::list<Loop::Task> own_due;
}

void takes(Parts& m)
{
    const std::lock_guard lock{m.mutex};
    own_due.splice(own_due.end(), m.posted);
}

void waits(Parts& m) { m.reactor.run_once(own_due.empty() ? -1 : 0); }

void runs_due(Parts& m)
{
    while (!own_due.empty() && !m.stopping) {
        const Loop::Task task = std::move(own_due.front());
        own_due.pop_front();
        task();
    }
}

} // namespace kata
