// Mistake: sends without MSG_NOSIGNAL
// Caught by: Robust.GoesOnWhenSomebodyLeavesDuringABroadcast
// Says: killed by SIGPIPE
#include "28_poll_chat/rest.h"

namespace kata {

ssize_t gives(Client& client) { return ::send(client.fd.get(), client.waiting.data(), client.waiting.size(), blocks_not); }

} // namespace kata
