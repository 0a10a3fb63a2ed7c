// Mistake: a destructor that gives the clients a minute: who throws an exception waits for it
// Caught by: Robust.EndsAtOnceWhenItIsDestroyed
// Says: it took 60000 ms
#include "27_threaded_server/rest.h"

namespace kata {

ThreadedServer::~ThreadedServer()
{
    try {
        stop(60'000);
    } catch (const std::exception&) {
    }
}

} // namespace kata
