// Mistake: says that nobody came when somebody came and was gone
// Caught by: Robust.WaitsOnWhenSomebodyWasGone
// Says: it took 400 ms
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms) { return wait_for(fileno(), -1, timeout_ms) && serve_one(); }

} // namespace kata
