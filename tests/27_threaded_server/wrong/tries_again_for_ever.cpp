// Mistake: goes on after every error of accept()
// Caught by: Robust.TellsWhatEndedTheAccepting
// Says: EINVAL
#include "27_threaded_server/rest.h"

namespace kata {

bool survives(Parts& m, int error)
{
    Lock lock{m.mutex};
    if (is_shortage(error) && !m.stopping)
        m.changed.wait_for(lock, std::chrono::milliseconds{20});
    return true;
}

} // namespace kata
