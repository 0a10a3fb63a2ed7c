// Mistake: looks every 10 ms whether there is room
// Caught by: Robust.SleepsWhileThereIsNoRoom
// Says: it looked from time to time
#include "27_threaded_server/rest.h"

namespace kata {

bool wait_for_room(Parts& m)
{
    Lock lock{m.mutex};
    while (!m.stopping && m.open.size() >= m.most) {
        lock.unlock();
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
        lock.lock();
    }
    join_ended(m, lock);
    return !m.stopping;
}

} // namespace kata
