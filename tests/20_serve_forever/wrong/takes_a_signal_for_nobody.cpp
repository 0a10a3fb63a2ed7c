// Mistake: takes a signal for the end of the time in handle_request()
// Caught by: Robust.WaitsOnAfterASignal
// Says: handle_request(-1) says that it served one
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    pollfd socket{fileno(), POLLIN, 0};
    return ::poll(&socket, 1, timeout_ms) > 0 && serve_one();
}

} // namespace kata
