// Mistake: counts on each thread without a lock, and not in a std::atomic
// Caught by: Hostile.ServesFortyAtOnce
// Says: data race
#include "27_threaded_server/rest.h"

namespace kata {

void is_over(Parts& m, Mine mine, bool was_served)
{
    ++(was_served ? m.served : m.failed);
    const Lock lock{m.mutex};
    mine->fd.reset();
    m.ended.splice(m.ended.end(), m.open, mine);
    m.changed.notify_all();
}

} // namespace kata
