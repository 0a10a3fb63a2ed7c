// Mistake: takes a send() that moved a part for a full buffer
// Caught by: Robust.TriesBeforeItCounts
// Says: then the end (FIN)
#include "28_poll_chat/rest.h"

namespace kata {

void flushes(Client& client)
{
    if (client.waiting.empty())
        return;
    const ssize_t n = gives(client);
    if (n >= 0)
        client.waiting.erase(0, static_cast<std::size_t>(n));
    else if (errno != EAGAIN)
        goes(client, client.has_ended ? Left::ended : Left::lost);
}

} // namespace kata
