// Mistake: takes EINTR of poll() for the end
// Caught by: Robust.CarriesOnAfterSignalsAndDeadConnections
// Says: returned, although a server serves for ever
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    pollfd both[]{{m_->stop.get(), POLLIN, 0}, {fileno(), POLLIN, 0}};
    while (::poll(both, 2, -1) > 0 && both[0].revents == 0) {
        try {
            serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(m_->stop.get(), -1, 50);
        }
    }
}

} // namespace kata
