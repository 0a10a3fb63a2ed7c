// Mistake: an eventfd that blocks
// Caught by: Robust.TakesAFullCounterForAWakeUp
// Says: asleep in write
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void makes_alarm(Parts& m) { m.alarm = UniqueFd{::eventfd(0, EFD_CLOEXEC)}; }

} // namespace kata
