// Mistake: sets the flag that stops it without the lock under which it is read
// Caught by: Works.StopsWhenNobodyIsThere
// Says: data race
#include "27_threaded_server/rest.h"

namespace kata {

void wake(Parts& m)
{
    m.stopping = true;
    m.changed.notify_all();
    ::shutdown(m.listener.get(), SHUT_RDWR);
}

} // namespace kata
