// Mistake: ends the connections, and then the accepting
// Caught by: Robust.EndsWhoCameAtTheLastMoment
// Says: it took 60000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void wake(Parts& m)
{
    const Lock lock{m.mutex};
    shut_down(m.open, SHUT_RD);
    m.stopping = true;
    m.changed.notify_all();
    ::shutdown(m.listener.get(), SHUT_RDWR);
}

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    const auto all_are_done = [&m] { return m.open.empty(); };
    if (!m.changed.wait_for(lock, grace, all_are_done)) {
        shut_down(m.open, SHUT_RDWR);
        m.changed.wait(lock, all_are_done);
    }
    join_ended(m, lock);
}

} // namespace kata
