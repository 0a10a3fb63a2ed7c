// Mistake: keeps who has ended in its table until the thread is joined, and shuts that number down
// Caught by: Hostile.LeavesANumberAloneThatIsFree
// Says: hears "me too"
#include "27_threaded_server/rest.h"

namespace kata {

bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    m.changed.wait(lock, [&m] { return m.stopping || m.open.size() < m.most; });
    if (m.stopping)
        return false;
    join_ended(m, lock);
    return true;
}

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    const auto all_are_done = [&m] { return m.open.empty(); };
    shut_down(m.open, SHUT_RD);
    shut_down(m.ended, SHUT_RD);
    if (!m.changed.wait_for(lock, grace, all_are_done)) {
        shut_down(m.open, SHUT_RDWR);
        m.changed.wait(lock, all_are_done);
    }
    join_ended(m, lock);
}

} // namespace kata
