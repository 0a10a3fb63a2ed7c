// Mistake: takes EAGAIN for the end
// Caught by: Robust.DoesNotWaitWhenNothingCame
// Says: it is over
#include "29_epoll_reactor/rest.h"

namespace kata {

bool is_over(ssize_t n) { return n <= 0; }

} // namespace kata
