// Mistake: measures what is left on a clock that can be set
// Caught by: Robust.CountsTheTimeOnce
// Says: it returns after 1000 ms
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool has_come(int fd, Clock::time_point end)
{
    using Wall = std::chrono::system_clock;
    const Wall::time_point on_the_wall =
        end == for_ever ? Wall::now() : Wall::now() + std::chrono::duration_cast<Wall::duration>(end - Clock::now());
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(on_the_wall - Wall::now()).count();
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, end == for_ever ? -1 : static_cast<int>(std::max<long>(left, 0)));
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
    }
}

} // namespace kata
