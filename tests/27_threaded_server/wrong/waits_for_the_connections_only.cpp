// Mistake: detaches its threads, and waits until their connections are closed
// Caught by: Robust.WaitsForTheLastStepsOfAThread
// Says: stop() returns after 1000 ms
#include "27_threaded_server/rest.h"

namespace kata {

void begin(Parts& m, Accepted client)
{
    const Lock lock{m.mutex};
    const Mine mine = m.open.insert(m.open.end(), Connection{std::move(client.fd), client.peer});
    try {
        std::thread{serve, std::ref(m), mine}.detach();
    } catch (const std::system_error&) {
        m.open.erase(mine);
        ++m.failed;
    }
}

void join_ended(Parts& m, Lock& /*lock*/) { m.ended.clear(); }

} // namespace kata
