// Mistake: rounds what is left down to milliseconds: too early, or a busy loop
// Caught by: Works.SaysThatNobodyCame
// Says: it returns after 1 ms
#include "24_out_of_descriptors/rest.h"

namespace kata {

int left_until(Clock::time_point end)
{
    if (end == for_ever)
        return -1;
    const auto left = std::chrono::floor<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

} // namespace kata
