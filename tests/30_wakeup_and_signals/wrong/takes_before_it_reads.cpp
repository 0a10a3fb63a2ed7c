// Mistake: takes the queue first, and reads the eventfd then
// Caught by: Robust.KeepsATaskThatComesWhileItTakes
// Says: so far ran: one, two
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void hears(Parts& m)
{
    takes(m);
    silences(m);
}

} // namespace kata
