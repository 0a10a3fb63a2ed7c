// Mistake: takes EHOSTUNREACH for a loss on the wire
// Caught by: Robust.ReadsNothingOutOfAFailure
// Says: came      no exception
#include "18_stop_and_wait/rest.h"

namespace kata {

bool is_a_loss(int error) { return error == EINTR || error == EAGAIN || error == ECONNREFUSED || error == EHOSTUNREACH; }

} // namespace kata
