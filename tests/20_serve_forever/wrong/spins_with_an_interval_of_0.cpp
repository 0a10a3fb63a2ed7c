// Mistake: hands the poll interval to poll() as it is
// Caught by: Robust.SleepsWithAnIntervalOfZero
// Says: busy loop
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int poll_interval_ms)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (!wait_for(stop, -1, 0)) {
        try {
            if (wait_for(stop, fileno(), poll_interval_ms))
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
