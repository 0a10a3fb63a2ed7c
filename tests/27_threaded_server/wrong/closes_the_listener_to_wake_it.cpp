// Mistake: closes the listener while a thread sleeps in accept()
// Caught by: Works.StopsWhenNobodyIsThere
// Says: asleep in accept4
#include "27_threaded_server/rest.h"

namespace kata {

void wake(Parts& m)
{
    const Lock lock{m.mutex};
    m.stopping = true;
    m.changed.notify_all();
    m.listener.reset();
}

} // namespace kata
