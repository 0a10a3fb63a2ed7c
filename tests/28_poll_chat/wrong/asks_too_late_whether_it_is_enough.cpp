// Mistake: asks whether 64 KiB of one client are reached, not whether the next recv() would go beyond
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
    for (std::size_t heard = 0; heard < 65536 && (n = takes(from, room)) > 0; heard += static_cast<std::size_t>(n))
        cuts(chat, from, {room, static_cast<std::size_t>(n)});
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        return goes(from, Left::lost);
    from.has_ended = n == 0;
    if (from.has_ended && !from.line.empty())
        cuts(chat, from, "\n");
}

} // namespace kata
