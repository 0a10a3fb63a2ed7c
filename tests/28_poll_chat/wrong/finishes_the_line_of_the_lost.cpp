// Mistake: gives half a line its end when its client was reset
// Caught by: Robust.HearsOutWhoWasReset
// Says: carol receives nothing
#include "28_poll_chat/rest.h"

namespace kata {

void hears(Chat& chat, Client& from)
{
    if (from.has_ended)
        return goes(from, Left::ended);
    char room[16384];
    const ssize_t n = takes(from, room);
    if (n > 0)
        return cuts(chat, from, {room, static_cast<std::size_t>(n)});
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (!from.line.empty())
        cuts(chat, from, "\n");
    if (n < 0 || from.was_reset)
        return goes(from, Left::lost);
    from.has_ended = true;
}

} // namespace kata
