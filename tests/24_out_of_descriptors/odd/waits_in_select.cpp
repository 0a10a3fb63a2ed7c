// Odd: waits in select(), in microseconds
#include "24_out_of_descriptors/rest.h"

#include <sys/select.h>

namespace kata {

bool has_come(int fd, Clock::time_point end)
{
    for (;;) {
        fd_set input;
        FD_ZERO(&input);
        if (fd >= 0)
            FD_SET(fd, &input);
        using std::chrono::microseconds;
        const auto left =
            end == for_ever ? microseconds{0} : std::max(microseconds{0}, std::chrono::ceil<microseconds>(end - Clock::now()));
        timeval time{left.count() / 1'000'000, left.count() % 1'000'000};
        const int ready = ::select(fd + 1, &input, nullptr, nullptr, end == for_ever ? nullptr : &time);
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "select"};
    }
}

} // namespace kata
