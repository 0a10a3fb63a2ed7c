// Mistake: gives each thread a reference to the variable of the loop
// Caught by: Works.KnowsItsClient
// Says: ann receives
#include "27_threaded_server/rest.h"

namespace kata {

namespace {

Endpoint client; // of the loop, which takes the next one

} // namespace

void begin(Parts& m, Accepted accepted)
{
    const Lock lock{m.mutex};
    client = accepted.peer;
    const Mine mine = m.open.insert(m.open.end(), Connection{std::move(accepted.fd), client});
    mine->thread = std::thread{[&m, mine] {
        m.handler(mine->fd.get(), client);
        is_over(m, mine, true);
    }};
}

} // namespace kata
