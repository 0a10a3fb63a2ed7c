// Mistake: makes the signalfd, and blocks nothing
// Caught by: Works.DrainsAtASignal
// Says: killed by SIGTERM
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void blocks(const sigset_t&) {}

} // namespace kata
