// Mistake: reads the counter into an int: EINVAL, and nothing is read
// Caught by: Works.WakesASleepingLoop
// Says: busy loop
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void silences(const Parts& m)
{
    int rang = 0;
    [[maybe_unused]] const ssize_t n = ::read(m.alarm.get(), &rang, sizeof rang);
}

} // namespace kata
