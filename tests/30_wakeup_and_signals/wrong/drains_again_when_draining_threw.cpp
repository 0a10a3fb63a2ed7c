// Mistake: remembers that it drains when it has drained
// Caught by: Robust.DrainsOnceAlsoWhenThatThrows
// Says: it drains once
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void gets_signal(Ending& ending)
{
    if (!reads_one(ending.signal_fd))
        return;
    ending.is_draining ? ending.loop.stop() : ending.drain();
    ending.is_draining = true;
}

} // namespace kata
