// Mistake: starts a thread and joins it at once
// Caught by: Works.ServesAllAtOnceWithThreads
// Says: bob receives "are you there?\n"
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::start_thread(Incoming request)
{
    std::thread{[this, r = std::move(request)]() mutable { finish_request(std::move(r)); }}.join();
}

} // namespace kata
