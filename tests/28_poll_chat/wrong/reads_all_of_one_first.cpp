// Mistake: reads one client until there is no more, then the next
// Caught by: Hostile.HearsTheSmallBesideTheLoud
// Says: bytes of mallory went before
#include "28_poll_chat/rest.h"

namespace kata {

void hears(Chat& chat, Client& from)
{
    if (from.has_ended)
        return goes(from, Left::ended);
    char room[16384];
    ssize_t n = 0;
    while ((n = takes(from, room)) > 0)
        cuts(chat, from, {room, static_cast<std::size_t>(n)});
    if (n < 0 && errno != EAGAIN)
        return goes(from, Left::lost);
    from.has_ended = n == 0;
    if (from.has_ended && !from.line.empty())
        cuts(chat, from, "\n");
}

} // namespace kata
