// Mistake: sleeps a millisecond with poll() on nothing, and tries again
// Caught by: Robust.SleepsUntilThereIsRoom
// Says: you slept for a fixed time
#include "07_send/rest.h"

namespace kata {

void wait_for_room(int /*fd*/) { ::poll(nullptr, 0, 1); }

} // namespace kata
