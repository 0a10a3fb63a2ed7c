// Mistake: takes the EAGAIN of pthread_create() for an error of accept()
// Caught by: Robust.SurvivesALackOfThreads
// Says: bob receives "are you there?"
#include "27_threaded_server/rest.h"

namespace kata {

void begin(Parts& m, Accepted client)
{
    const Lock lock{m.mutex};
    std::list<Connection> one;
    one.push_back({std::move(client.fd), client.peer});
    one.front().thread = std::thread{serve, std::ref(m), one.begin()};
    m.open.splice(m.open.end(), one);
}

} // namespace kata
