// Mistake: rests in sleep_for() during a shortage, where stop() does not reach it
// Caught by: Robust.SleepsDuringAShortage
// Says: stop() was called after 1013 ms, and waited
#include "27_threaded_server/rest.h"

namespace kata {

bool survives(Parts& m, int error)
{
    if (is_shortage(error))
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    const Lock lock{m.mutex};
    return is_shortage(error) || m.stopping;
}

} // namespace kata
