// Mistake: sleeps twice as long each time while a shortage lasts
// Caught by: Robust.PausesForAMoment
// Says: came      try 6 came after
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    int pause = 10;
    while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0)) {
        try {
            serve_one();
            pause = 10;
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(stop, -1, pause);
            pause = std::min(2 * pause, 1000);
        }
    }
}

} // namespace kata
