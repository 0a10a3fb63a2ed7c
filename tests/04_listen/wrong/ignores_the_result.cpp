// Mistake: does not look at what listen returns
// Caught by: Robust.SaysThatSomebodyElseListens
// Says: came      "no error"
#include "04_listen/listen.h"

namespace kata {

void listen_on(int bound_fd, int backlog) { ::listen(bound_fd, backlog); }

} // namespace kata
