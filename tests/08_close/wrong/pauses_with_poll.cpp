// Mistake: sleeps a millisecond with poll() on nothing, and looks again
// Caught by: Robust.SleepsUntilSomethingComes
// Says: times when nothing had come
#include "08_close/rest.h"

namespace kata {

void wait_for_more(int /*fd*/, Clock::time_point end)
{
    if (Clock::now() < end) {
        ::poll(nullptr, 0, 1);
    }
}

} // namespace kata
