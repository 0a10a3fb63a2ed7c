// Mistake: shuts down both directions at once
// Caught by: Robust.LetsAnAnswerBeFinished
// Says: ann receives "the answer"
#include "27_threaded_server/rest.h"

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds /*grace*/)
{
    Lock lock{m.mutex};
    shut_down(m.open, SHUT_RDWR);
    m.changed.wait(lock, [&m] { return m.open.empty(); });
    join_ended(m, lock);
}

} // namespace kata
