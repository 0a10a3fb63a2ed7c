// Mistake: passes over the end of a connection when its handler throws
// Caught by: Robust.SurvivesAHandlerThatThrows
// Says: ann receives the end of the stream
#include "27_threaded_server/rest.h"

namespace kata {

void serve(Parts& m, Mine mine)
{
    try {
        m.handler(mine->fd.get(), mine->peer);
        is_over(m, mine, true);
    } catch (...) {
        const Lock lock{m.mutex};
        ++m.failed;
    }
}

} // namespace kata
