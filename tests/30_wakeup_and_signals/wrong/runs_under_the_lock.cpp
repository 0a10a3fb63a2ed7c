// Mistake: holds the lock while the tasks run
// Caught by: Works.PostsFromATask
// Says: a lock
#include "30_wakeup_and_signals/rest.h"

namespace kata {

void hears(Parts& m)
{
    silences(m);
    const std::lock_guard lock{m.mutex};
    for (; !m.posted.empty() && !m.stopping; m.posted.pop_front())
        m.posted.front()();
}

} // namespace kata
