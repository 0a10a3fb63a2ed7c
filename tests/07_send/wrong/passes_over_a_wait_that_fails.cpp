// Mistake: a wait that fails is taken for a signal, whatever its errno: without memory for poll() this is a busy loop
// Caught by: Robust.SaysSoWhenNoWaitIsPossible
// Says: busy loop
#include "07_send/rest.h"

namespace kata {

void wait_for_room(int fd)
{
    pollfd room{fd, POLLOUT, 0};
    ::poll(&room, 1, -1);
}

} // namespace kata
