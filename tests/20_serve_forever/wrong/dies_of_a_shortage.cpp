// Mistake: takes EMFILE for the end of the server
// Caught by: Robust.SurvivesAShortage
// Says: Too many open files
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0))
        serve_one();
}

} // namespace kata
