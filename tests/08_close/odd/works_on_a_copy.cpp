// Odd: closes what it was handed at once, and works on a copy of the descriptor; inside, results are exceptions
#include "08_close/rest.h"

#include <fcntl.h>

namespace kata {

namespace {

struct Ended {
    CloseResult how;
};

[[noreturn]] void drains(int fd, Clock::time_point end)
{
    do {
        wait_for_more(fd, end);
        if (const auto result = read_once(fd))
            throw Ended{*result};
    } while (Clock::now() < end);
    throw Ended{CloseResult::timed_out};
}

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds{limit_ms};
    const UniqueFd copy{::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0)};
    if (!copy)
        fail("fcntl");
    fd.reset();
    if (!says_it_has_finished(copy.get()))
        return CloseResult::peer_reset;
    try {
        drains(copy.get(), end);
    } catch (const Ended& ended) {
        return ended.how;
    }
}

} // namespace kata
