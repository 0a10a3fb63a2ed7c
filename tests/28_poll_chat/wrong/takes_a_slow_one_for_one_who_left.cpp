// Mistake: says of everybody who has ended its stream that it ended, whatever was the reason
// Caught by: Robust.DropsTheSlowAtTheLimit
// Says: it hears: a late one ended
#include "28_poll_chat/rest.h"

namespace kata {

void goes(Client& client, Left why)
{
    if (!client.gone)
        client.gone = client.has_ended ? Left::ended : why;
    client.waiting.clear();
}

} // namespace kata
