// Mistake: takes the request to stop back only when the loop ends well
// Caught by: Robust.ServesAgainAfterALoopThatFailed
// Says: XX
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const int stop = m_->stop.get();
    try {
        const Loop loop{*m_};
        while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0))
            serve_one();
    } catch (...) {
        ::eventfd_write(stop, 1); // the end of a Loop has taken it
        throw;
    }
}

} // namespace kata
