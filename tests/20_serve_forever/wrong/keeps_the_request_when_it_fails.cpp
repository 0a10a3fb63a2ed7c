// Mistake: a loop that fails leaves a request to stop behind, for the next one
// Caught by: Robust.ServesAgainAfterALoopThatFailed
// Says: ann receives "are you there?\n"
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
