// Mistake: takes each errno of accept() but EINVAL for a shortage: with a rule that forbids the call it tries for ever
// Caught by: Robust.EndsWhenNobodyCanComeAnyMore
// Says: ann receives the end of the stream (FIN)
#include "28_poll_chat/rest.h"

namespace kata {

bool is_shortage(int error) { return error != EINVAL; }

} // namespace kata
