// Mistake: says that it stops, and notifies, without the lock: one word, it thinks, needs none
// Caught by: Robust.HearsWhatComesBeforeItSleeps
// Says: nothing will ever wake it
#include "27_threaded_server/rest.h"

namespace kata {

void wake(Parts& m)
{
    m.stopping = true;
    m.changed.notify_all();
    ::shutdown(m.listener.get(), SHUT_RDWR);
}

} // namespace kata
