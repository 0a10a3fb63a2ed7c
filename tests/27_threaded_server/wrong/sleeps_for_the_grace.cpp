// Mistake: sleeps for the whole grace, also when nobody is left
// Caught by: Robust.EndsAnIdleConversationAtOnce
// Says: it took 60000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    shut_down(m.open, SHUT_RD);
    lock.unlock();
    std::this_thread::sleep_for(grace);
    lock.lock();
    shut_down(m.open, SHUT_RDWR);
    m.changed.wait(lock, [&m] { return m.open.empty(); });
    join_ended(m, lock);
}

} // namespace kata
