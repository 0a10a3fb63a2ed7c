// Mistake: takes descriptor 0 for none: it never hears that it is to stop
// Caught by: Robust.TakesDescriptor0
// Says: asleep in poll
#include "28_poll_chat/rest.h"

namespace kata {

int waits(Chat& chat, int limit_ms)
{
    for (pollfd& entry : chat.table)
        if (entry.fd <= 0)
            entry.fd = -1; // poll() passes over it
    return ::poll(chat.table.data(), chat.table.size(), limit_ms);
}

} // namespace kata
