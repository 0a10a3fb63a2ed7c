// Mistake: leaves a client in the table for whom there is no thread
// Caught by: Robust.SurvivesALackOfThreads
// Says: ann receives the end of the stream
#include "27_threaded_server/rest.h"

namespace kata {

void begin(Parts& m, Accepted client)
{
    const Lock lock{m.mutex};
    const Mine mine = m.open.insert(m.open.end(), Connection{std::move(client.fd), client.peer});
    try {
        mine->thread = std::thread{serve, std::ref(m), mine};
    } catch (const std::system_error&) {
        ++m.failed;
    }
}

} // namespace kata
