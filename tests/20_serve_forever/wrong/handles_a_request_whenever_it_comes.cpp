// Mistake: waits without a limit in handle_request()
// Caught by: Works.HandlesOneRequest
// Says: stuck: asleep in poll
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int /*timeout_ms*/)
{
    while (wait_for(fileno(), -1, -1))
        if (serve_one())
            return true;
    return false;
}

} // namespace kata
