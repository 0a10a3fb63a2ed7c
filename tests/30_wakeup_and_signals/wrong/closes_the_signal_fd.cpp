// Mistake: takes the signalfd for its own, and closes it with the loop: the caller's close() hits whoever has that number by then
// Caught by: Robust.TakesTwoSignalsForTwo
// Says: is open when the loop is gone
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void end_on_signals(Loop& loop, int signal_fd, Loop::Task drain)
{
    const auto owned = std::make_shared<UniqueFd>(signal_fd);
    loop.reactor().add(signal_fd, EPOLLIN, [owned, ending = Ending{loop, signal_fd, std::move(drain)}](std::uint32_t) mutable {
        gets_signal(ending);
    });
}

} // namespace kata
