// Mistake: takes EINTR for a failed attempt, and goes to the next address
// Caught by: Robust.GoesOnWithTheAttemptAfterASignal
// Says: no connection to bob
#include "09_connect/rest.h"

namespace kata {

int try_to_connect(int fd, const Endpoint& to) { return ::connect(fd, to.address(), to.size) == 0 ? 0 : errno; }

} // namespace kata
