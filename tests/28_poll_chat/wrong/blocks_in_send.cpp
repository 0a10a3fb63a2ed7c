// Mistake: sends as if there were always room
// Caught by: Robust.WaitsForNobody
// Says: asleep in send(
#include "28_poll_chat/rest.h"

namespace kata {

ssize_t gives(Client& client) { return ::send(client.fd.get(), client.waiting.data(), client.waiting.size(), MSG_NOSIGNAL); }

} // namespace kata
