// Mistake: asks for no event at all of a client that has ended its stream, also when lines wait for it
// Caught by: Robust.WaitsForNobody
// Says: eve receives
#include "28_poll_chat/rest.h"

namespace kata {

short events_for(const Client& client)
{
    return client.has_ended ? 0 : static_cast<short>(POLLIN | (client.waiting.empty() ? 0 : POLLOUT));
}

} // namespace kata
