// Mistake: detaches the threads, and waits for none
// Caught by: Robust.LetsAnAnswerBeFinished
// Says: stop() returns after 3540000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void serve(Parts& m, Mine mine)
{
    {
        const Lock lock{m.mutex};
        mine->thread.detach();
    }
    m.handler(mine->fd.get(), mine->peer);
    const Lock lock{m.mutex};
    m.open.erase(mine);
}

void end_connections(Parts& /*m*/, std::chrono::milliseconds /*grace*/) {}

} // namespace kata
