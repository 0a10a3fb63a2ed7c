// Mistake: looks for a shutdown() only when nobody waits
// Caught by: Robust.LeavesThoseWhoWait
// Says: bob receives nothing yet
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (wait_for(stop, fileno(), -1)) {
        try {
            if (!wait_for(fileno(), -1, 0))
                break;
            serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(stop, -1, 50);
        }
    }
}

} // namespace kata
