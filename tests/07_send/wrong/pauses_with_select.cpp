// Mistake: sleeps ten milliseconds with select() on nothing, and tries again
// Caught by: Robust.SleepsUntilThereIsRoom
// Says: you slept for a fixed time
#include "07_send/rest.h"

#include <sys/select.h>

namespace kata {

void wait_for_room(int /*fd*/)
{
    timeval pause{0, 10'000};
    ::select(0, nullptr, nullptr, nullptr, &pause);
}

} // namespace kata
