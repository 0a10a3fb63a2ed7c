// Mistake: takes a send() that moved a part for all of it
// Caught by: Robust.FinishesWhatSendLeftOver
// Says: bob receives
#include "28_poll_chat/rest.h"

namespace kata {

void flushes(Client& client)
{
    if (!client.waiting.empty() && gives(client) < 0 && errno != EAGAIN)
        goes(client, client.has_ended ? Left::ended : Left::lost);
    client.waiting.clear();
}

} // namespace kata
