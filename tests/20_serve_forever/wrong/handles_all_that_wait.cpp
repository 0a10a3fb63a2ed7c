// Mistake: serves everybody who waits in handle_request()
// Caught by: Works.HandlesOneRequest
// Says: bob receives nothing yet
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    bool served = false;
    while (wait_for(fileno(), -1, served ? 0 : timeout_ms))
        served |= serve_one();
    return served;
}

} // namespace kata
