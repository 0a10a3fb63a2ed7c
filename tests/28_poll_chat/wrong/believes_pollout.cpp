// Mistake: sends without MSG_DONTWAIT where poll() said POLLOUT, which promises some room only
// Caught by: Robust.WaitsForNobody
// Says: asleep in send
#include "28_poll_chat/rest.h"

namespace kata {

static bool has_room = false;

bool may_be_heard(const Client&, short events)
{
    has_room = (events & POLLOUT) != 0;
    return (events & ~POLLOUT) != 0;
}

ssize_t gives(Client& client)
{
    const int flags = has_room ? 0 : blocks_not;
    return ::send(client.fd.get(), client.waiting.data(), client.waiting.size(), flags | MSG_NOSIGNAL);
}

} // namespace kata
