// Mistake: gives poll() the whole limit again after a signal
// Caught by: Robust.KeepsTheTimeThroughSignals
// Says: it took 1600 ms
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    for (;;) {
        pollfd socket{fileno(), POLLIN, 0};
        const int ready = ::poll(&socket, 1, timeout_ms);
        if (ready == 0 || (ready > 0 && serve_one()))
            return ready > 0;
    }
}

} // namespace kata
