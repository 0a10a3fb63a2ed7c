// Mistake: takes EMFILE alone for a shortage
// Caught by: Robust.SurvivesAShortage
// Says: Too many open files in system
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
            if (e.code().value() != EMFILE)
                throw;
            handle_error({}, std::current_exception());
            wait_for(stop, -1, 50);
        }
    }
}

} // namespace kata
