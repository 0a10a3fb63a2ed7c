// Mistake: drops a slow client, and says that it was lost
// Caught by: Robust.DropsTheSlowAtTheLimit
// Says: the log hears: a late one was too slow
#include "28_poll_chat/rest.h"

namespace kata {

void tells(const Chat& chat, Client& client, std::string_view line)
{
    client.waiting += line;
    flushes(client);
    if (client.waiting.size() > chat.limits.max_queue)
        goes(client, Left::lost);
}

} // namespace kata
