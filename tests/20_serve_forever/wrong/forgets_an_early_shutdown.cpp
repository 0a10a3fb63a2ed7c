// Mistake: clears the request to stop when the loop begins
// Caught by: Robust.HearsAShutdownThatComesFirst
// Says: stuck: asleep in poll
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    eventfd_t old = 0;
    ::eventfd_read(m_->stop.get(), &old);
    const int stop = m_->stop.get();
    while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0)) {
        try {
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
