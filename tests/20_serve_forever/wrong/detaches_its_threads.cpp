// Mistake: detaches its threads, and joins nobody
// Caught by: Robust.WaitsForItsThreadsWhenItCloses
// Says: closed
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::start_thread(Incoming request)
{
    std::thread{[this, r = std::move(request)]() mutable { finish_request(std::move(r)); }}.detach();
}

} // namespace kata
