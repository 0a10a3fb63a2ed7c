// Mistake: waits in poll() for a listener from which it does not accept
// Caught by: Robust.SleepsWhileThereIsNoRoom
// Says: busy loop
#include "27_threaded_server/rest.h"

#include <poll.h>

namespace kata {

bool wait_for_room(Parts& m)
{
    for (;;) {
        pollfd listener{m.listener.get(), POLLIN, 0};
        ::poll(&listener, 1, -1);
        Lock lock{m.mutex};
        if (m.stopping || m.open.size() < m.most) {
            join_ended(m, lock);
            return !m.stopping;
        }
    }
}

} // namespace kata
