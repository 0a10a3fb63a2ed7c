// Mistake: every program that is started inherits the timer
// Caught by: Robust.KeepsItsTimerToItself
// Says: does not inherit
#include "31_idle_timers/rest.h"

namespace kata {

UniqueFd make_timer() { return UniqueFd{::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK)}; }

} // namespace kata
