// Mistake: tells nobody of a shortage
// Caught by: Robust.SurvivesAShortage
// Says: server: EMFILE
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
            wait_for(stop, -1, 50);
        }
    }
}

} // namespace kata
