// Mistake: closes a client at once when send() fails, before its last line was read
// Caught by: Robust.HearsOutWhomItCannotTell
// Says: the line of ann, who was reset, came too late
#include "28_poll_chat/rest.h"

namespace kata {

void cannot_tell(Client& client, int) { goes(client, client.has_ended ? Left::ended : Left::lost); }

void hears(Chat& chat, Client& from)
{
    if (from.gone) // nothing is to be expected of it
        return;
    if (from.has_ended)
        return goes(from, Left::ended);
    char room[16384];
    const ssize_t n = takes(from, room);
    if (n > 0)
        return cuts(chat, from, {room, static_cast<std::size_t>(n)});
    if (n < 0 && errno != EAGAIN)
        return goes(from, Left::lost);
    from.has_ended = n == 0;
    if (from.has_ended && !from.line.empty())
        cuts(chat, from, "\n");
}

} // namespace kata
