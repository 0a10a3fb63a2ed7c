// Mistake: sleeps ten milliseconds with select() on nothing, and looks again
// Caught by: Robust.SleepsUntilSomethingComes
// Says: times when nothing had come
#include "08_close/rest.h"

#include <sys/select.h>

namespace kata {

void wait_for_more(int /*fd*/, Clock::time_point end)
{
    if (Clock::now() < end) {
        timeval pause{0, 10'000};
        ::select(0, nullptr, nullptr, nullptr, &pause);
    }
}

} // namespace kata
