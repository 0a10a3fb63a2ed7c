// Mistake: takes an error of send() for the end of a client, with lines of it unread
// Caught by: Robust.HearsOutToTheLastLine
// Says: carol receives "hello
#include "28_poll_chat/rest.h"

namespace kata {

void cannot_tell(Client& client, int) { goes(client, client.has_ended ? Left::ended : Left::lost); }

} // namespace kata
