// Mistake: a reset is no end for it: the next recv() will say 0
// Caught by: Robust.IsOverAtAnyError
// Says: echo_turn() is over at ECONNRESET
#include "29_epoll_reactor/rest.h"

namespace kata {

bool is_over(ssize_t n) { return n == 0 || (n < 0 && errno != EAGAIN && errno != ECONNRESET); }

} // namespace kata
