// Mistake: looks for a shutdown() behind each request, and so not before the first one
// Caught by: Robust.HearsAShutdownThatComesFirst
// Says: served ended
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    do {
        wait_for(stop, fileno(), -1);
        try {
            if (wait_for(fileno(), -1, 0))
                serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(stop, -1, 50);
        }
    } while (!wait_for(stop, -1, 0));
}

} // namespace kata
