// Mistake: ECONNREFUSED ends the sender
// Caught by: Hostile.NobodyIsAtTheOtherPortYet
// Says: ECONNREFUSED
#include "18_stop_and_wait/rest.h"

namespace kata {

bool is_a_loss(int error) { return error == EINTR || error == EAGAIN; }

} // namespace kata
