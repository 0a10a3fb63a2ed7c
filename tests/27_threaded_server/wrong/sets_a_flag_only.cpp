// Mistake: sets a flag, which wakes nobody
// Caught by: Works.StopsWhenNobodyIsThere
// Says: asleep in accept4
#include "27_threaded_server/rest.h"

namespace kata {

void wake(Parts& m)
{
    const Lock lock{m.mutex};
    m.stopping = true;
    m.changed.notify_all();
}

} // namespace kata
