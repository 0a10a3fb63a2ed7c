// Mistake: takes every errno of send() for that of a reset, and waits for recv() to say so: after ENOBUFS a line is missing
// Caught by: Robust.LetsGoWhoseConnectionFails
// Says: expected  bob receives
#include "28_poll_chat/rest.h"

namespace kata {

void cannot_tell(Client& client, int error)
{
    if (client.has_ended)
        return goes(client, Left::ended);
    client.was_reset = client.was_reset || error == ECONNRESET;
    client.waiting.clear();
}

} // namespace kata
