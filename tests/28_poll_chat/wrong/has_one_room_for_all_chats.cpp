// Mistake: reads into a static buffer
// Caught by: Robust.SharesNothingWithAnotherChat
// Says: NOT FOR BOB
#include "28_poll_chat/rest.h"

namespace kata {

void hears(Chat& chat, Client& from)
{
    if (from.has_ended)
        return goes(from, Left::ended);
    static char room[16384];
    const ssize_t n = takes(from, room);
    if (n > 0)
        return cuts(chat, from, {room, static_cast<std::size_t>(n)});
    if (n == 0 ? from.was_reset : errno != EAGAIN && errno != EINTR)
        return goes(from, Left::lost);
    from.has_ended = n == 0;
    if (from.has_ended && !from.line.empty())
        cuts(chat, from, "\n");
}

} // namespace kata
