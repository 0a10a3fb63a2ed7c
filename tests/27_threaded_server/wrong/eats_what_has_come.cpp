// Mistake: reads what waits in the sockets before it shuts them down
// Caught by: Robust.ReadsWhatHasCome
// Says: ann receives "two. Bye"
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    for (const Connection& c : m.open) {
        char eaten[512];
        ::recv(c.number, eaten, sizeof eaten, MSG_DONTWAIT);
    }
    shut_down(m.open, SHUT_RD);
    m.changed.wait_for(lock, grace, [&m] { return m.open.empty(); });
    shut_down(m.open, SHUT_RDWR);
    m.changed.wait(lock, [&m] { return m.open.empty(); });
    join_ended(m, lock);
}

} // namespace kata
