// Mistake: lets the second signal come as it would without the program: it kills
// Caught by: Hostile.EndsAtOnceAtTheSecondSignal
// Says: killed by SIGINT
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void gets_signal(Ending& ending)
{
    if (!reads_one(ending.signal_fd))
        return;
    sigset_t both{};
    sigaddset(&both, SIGTERM);
    sigaddset(&both, SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &both, nullptr);
    ending.drain();
}

} // namespace kata
