// Mistake: tries again at once when accept() says EMFILE
// Caught by: Robust.SleepsDuringAShortage
// Says: busy loop
#include "27_threaded_server/rest.h"

namespace kata {

bool survives(Parts& m, int error)
{
    const Lock lock{m.mutex};
    return is_shortage(error) || m.stopping;
}

} // namespace kata
