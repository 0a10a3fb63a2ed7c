// Mistake: sleeps until a descriptor may be free, and everybody with it
// Caught by: Robust.ServesTheOthersDuringAShortage
// Says: the server slept
#include "28_poll_chat/rest.h"

namespace kata {

int waits(Chat& chat, int limit_ms)
{
    if (limit_ms > 0)
        ::poll(nullptr, 0, limit_ms);
    return ::poll(chat.table.data(), chat.table.size(), limit_ms < 0 ? -1 : 0);
}

} // namespace kata
