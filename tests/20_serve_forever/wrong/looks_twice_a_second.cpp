// Mistake: looks twice a second whether it shall end, whatever the interval
// Caught by: Robust.SleepsWhileNobodyComes
// Says: came      there were
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int poll_interval_ms)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (!wait_for(stop, -1, 0)) {
        try {
            if (wait_for(fileno(), -1, std::clamp(poll_interval_ms, 1, 500)) && !wait_for(stop, -1, 0))
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
