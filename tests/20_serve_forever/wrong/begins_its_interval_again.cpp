// Mistake: looks at a flag, and begins the interval again after each signal
// Caught by: Robust.HearsAShutdownInTime
// Says: within the poll interval
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int poll_interval_ms)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (!wait_for(stop, -1, 0)) {
        pollfd input{fileno(), POLLIN, 0};
        int ready = -1;
        do
            ready = ::poll(&input, 1, std::max(poll_interval_ms, 1));
        while (ready < 0 && errno == EINTR);
        if (ready > 0 && !wait_for(stop, -1, 0))
            serve_one();
    }
}

} // namespace kata
