// Mistake: does not read the signalfd, and so takes one signal for two
// Caught by: Robust.DrainsOnceForEachOfTheSame
// Says: run() returned at the first signal
#include "30_wakeup_and_signals/rest.h"

namespace kata {

bool reads_one(int) { return true; }

} // namespace kata
