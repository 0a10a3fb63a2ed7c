// Mistake: reads all signals that wait, and counts one
// Caught by: Robust.TakesTwoSignalsForTwo
// Says: asleep in epoll_wait
#include "30_wakeup_and_signals/rest.h"

namespace kata {

bool reads_one(int signal_fd)
{
    signalfd_siginfo signals[8]{};
    return ::read(signal_fd, signals, sizeof signals) > 0;
}

} // namespace kata
