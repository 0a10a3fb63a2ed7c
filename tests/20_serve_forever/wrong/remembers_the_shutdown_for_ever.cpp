// Mistake: never takes the request to stop back
// Caught by: Works.StopsWhenToldTo
// Says: bob receives "are you there?\n"
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    {
        const Loop loop{*m_};
        while (wait_for(m_->stop.get(), fileno(), -1) && !wait_for(m_->stop.get(), -1, 0))
            serve_one();
    }
    ::eventfd_write(m_->stop.get(), 1); // the end of a Loop has taken it
}

} // namespace kata
