// Mistake: sleeps a minute when accept() says EMFILE, and hears nothing meanwhile
// Caught by: Robust.SleepsDuringAShortage
// Says: times in a second
#include "27_threaded_server/rest.h"

namespace kata {

bool survives(Parts& m, int error)
{
    if (is_shortage(error))
        std::this_thread::sleep_for(std::chrono::minutes{1});
    const Lock lock{m.mutex};
    return is_shortage(error) || m.stopping;
}

} // namespace kata
