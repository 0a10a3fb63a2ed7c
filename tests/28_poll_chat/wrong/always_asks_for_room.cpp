// Mistake: asks for POLLOUT all the time
// Caught by: Robust.SleepsWhileNothingHappens
// Says: busy loop
#include "28_poll_chat/rest.h"

namespace kata {

short events_for(const Client& client) { return client.has_ended ? POLLOUT : POLLIN | POLLOUT; }

} // namespace kata
