// Mistake: stops the loop when it has begun to drain
// Caught by: Hostile.AnswersWhoWasInFlight
// Says: slow, and done
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void gets_signal(Ending& ending)
{
    if (!reads_one(ending.signal_fd))
        return;
    ending.drain();
    ending.loop.stop();
}

} // namespace kata
