// Mistake: joins the last threads, in stop(), while it holds the lock that counters() takes
// Caught by: Robust.WaitsForTheLastStepsOfAThread
// Says: a lock, a join
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    const auto all_are_done = [&m] { return m.open.empty(); };
    shut_down(m.open, SHUT_RD);
    if (!m.changed.wait_for(lock, grace, all_are_done)) {
        shut_down(m.open, SHUT_RDWR);
        m.changed.wait(lock, all_are_done);
    }
    for (Connection& c : m.ended)
        c.thread.join();
    m.ended.clear();
}

} // namespace kata
