// Mistake: puts its signals in the place of those that were blocked before
// Caught by: Robust.BlocksOnlyWhatItIsTold
// Says: SIGUSR2 is blocked
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void blocks(const sigset_t& set) { pthread_sigmask(SIG_SETMASK, &set, nullptr); }

} // namespace kata
