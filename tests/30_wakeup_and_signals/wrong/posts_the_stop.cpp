// Mistake: the second signal posts a task that stops the loop
// Caught by: Robust.StopsAtOnceBesideTasks
// Says: does not run
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void gets_signal(Ending& ending)
{
    if (!reads_one(ending.signal_fd))
        return;
    if (std::exchange(ending.is_draining, true))
        ending.loop.post([&loop = ending.loop] { loop.stop(); });
    else
        ending.drain();
}

} // namespace kata
