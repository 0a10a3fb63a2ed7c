// Mistake: looks once a second whether it shall end, where the interval is shorter, too
// Caught by: Robust.HearsAShutdownInTime
// Says: shutdown() returns within the poll interval of 300 ms
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int poll_interval_ms)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (!wait_for(stop, -1, 0)) {
        try {
            if (wait_for(fileno(), -1, std::max(poll_interval_ms, 1000)) && !wait_for(stop, -1, 0))
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
