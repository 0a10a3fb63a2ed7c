// Mistake: takes every error of get_request() for one that passes
// Caught by: Robust.EndsWhenItCannotGoOn
// Says: still running after 2000 ms
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0)) {
        try {
            serve_one();
        } catch (const std::system_error&) {
            handle_error({}, std::current_exception());
            wait_for(stop, -1, 50);
        }
    }
}

} // namespace kata
