// Mistake: asks for POLLIN after the end of the stream
// Caught by: Robust.GoesOnTellingWhoHasEndedItsStream
// Says: busy loop
#include "28_poll_chat/rest.h"

namespace kata {

short events_for(const Client& client) { return static_cast<short>(POLLIN | (client.waiting.empty() ? 0 : POLLOUT)); }

bool may_be_heard(const Client& client, short events)
{
    return (events & (client.has_ended ? POLLERR | POLLHUP : POLLIN | POLLERR | POLLHUP)) != 0;
}

} // namespace kata
