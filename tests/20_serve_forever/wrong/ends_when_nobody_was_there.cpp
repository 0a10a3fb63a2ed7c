// Mistake: takes a client that was gone again for the end of the loop
// Caught by: Robust.CarriesOnAfterSignalsAndDeadConnections
// Says: returned, although a server serves for ever
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0)) {
        try {
            if (!serve_one())
                return;
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(stop, -1, 50);
        }
    }
}

} // namespace kata
