// Mistake: catches std::exception, and a handler may throw anything
// Caught by: Robust.SurvivesAHandlerThatThrows
// Says: killed by SIGABRT
#include "27_threaded_server/rest.h"

namespace kata {

void serve(Parts& m, Mine mine)
{
    bool was_served = true;
    try {
        m.handler(mine->fd.get(), mine->peer);
    } catch (const std::exception&) {
        was_served = false;
    }
    is_over(m, mine, was_served);
}

} // namespace kata
