// Mistake: edge-triggered, and so never read: until the counter is full
// Caught by: Robust.TakesAFullCounterForAWakeUp
// Says: so far ran: one, two
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void watches_alarm(Parts& m)
{
    m.reactor.add(m.alarm.get(), EPOLLIN | EPOLLET, [&m](std::uint32_t) { takes(m); });
}

} // namespace kata
