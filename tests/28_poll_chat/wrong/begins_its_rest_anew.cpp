// Mistake: each signal begins the rest anew: where they come often, nobody is let in any more
// Caught by: Robust.SignalsPostponeNoClient
// Says: bob was not let in
#include "28_poll_chat/rest.h"

namespace kata {

int waits(Chat& chat, int limit_ms)
{
    int n = -1;
    do
        n = ::poll(chat.table.data(), chat.table.size(), limit_ms);
    while (n < 0 && errno == EINTR);
    return n;
}

} // namespace kata
