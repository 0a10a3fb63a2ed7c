// Mistake: begins the time again when somebody came and was gone
// Caught by: Robust.WaitsOnWhenSomebodyWasGone
// Says: it took 1400 ms
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    while (wait_for(fileno(), -1, timeout_ms))
        if (serve_one())
            return true;
    return false;
}

} // namespace kata
