// Mistake: runs a task at once that is posted on the loop's own thread
// Caught by: Works.PostsFromATask
// Says: so far ran: one begins, one ends, two
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {
std::thread::id runner;
}

void waits(Parts& m)
{
    runner = std::this_thread::get_id();
    m.reactor.run_once(m.due.empty() ? -1 : 0);
}

void Loop::post(Task task)
{
    if (std::this_thread::get_id() == runner)
        task();
    else if (enqueues(*m_, std::move(task)))
        rings(*m_);
}

} // namespace kata
