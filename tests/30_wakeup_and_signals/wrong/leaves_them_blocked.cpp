// Mistake: blocks first, and leaves it so when signalfd() fails
// Caught by: Robust.BlocksNothingWhenItFails
// Says: SIGTERM is not blocked
#include "30_wakeup_and_signals/rest.h"

namespace kata {

UniqueFd make_signal_fd(std::initializer_list<int> signals)
{
    const sigset_t set = set_of(signals);
    blocks(set);
    return opens_signal_fd(set);
}

} // namespace kata
