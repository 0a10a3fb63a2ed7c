// Mistake: gives a moment of CLOCK_MONOTONIC to a timer on CLOCK_BOOTTIME
// Caught by: Robust.NobodySetsThisClock
// Says: is none of CLOCK_BOOTTIME
#include "31_idle_timers/rest.h"

namespace kata {

UniqueFd make_timer() { return UniqueFd{::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK)}; }

} // namespace kata
