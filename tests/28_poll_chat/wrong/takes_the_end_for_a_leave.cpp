// Mistake: closes a client that has ended its stream
// Caught by: Robust.GoesOnTellingWhoHasEndedItsStream
// Says: ann receives "but you hear me
#include "28_poll_chat/rest.h"

namespace kata {

short events_for(const Client& client) { return static_cast<short>(POLLIN | (client.waiting.empty() ? 0 : POLLOUT)); }

} // namespace kata
