// Mistake: does not look whether it has read a signal
// Caught by: Robust.TakesOnlyWhatItHasRead
// Says: one of the two hears the signal
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void gets_signal(Ending& ending)
{
    reads_one(ending.signal_fd);
    std::exchange(ending.is_draining, true) ? ending.loop.stop() : ending.drain();
}

} // namespace kata
