// Mistake: reads both signals, and forgets the second one when the drain throws
// Caught by: Robust.DrainsOnceAlsoWhenThatThrows
// Says: stuck: asleep in epoll_wait
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void gets_signal(Ending& ending)
{
    signalfd_siginfo all[8]{};
    const ssize_t n = ::read(ending.signal_fd, all, sizeof all);
    for (ssize_t left = n / static_cast<ssize_t>(sizeof all[0]); left > 0; --left)
        std::exchange(ending.is_draining, true) ? ending.loop.stop() : ending.drain();
}

} // namespace kata
