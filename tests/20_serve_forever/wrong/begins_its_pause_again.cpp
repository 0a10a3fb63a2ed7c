// Mistake: begins the pause after a shortage again with each signal
// Caught by: Robust.PausesForAMoment
// Says: the next try comes after at most 100 ms
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0)) {
        try {
            serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            pollfd end{stop, POLLIN, 0};
            while (::poll(&end, 1, 50) < 0 && errno == EINTR)
                continue;
        }
    }
}

} // namespace kata
