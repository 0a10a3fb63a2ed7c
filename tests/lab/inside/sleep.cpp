// The calls that sleep.
#include "lab/inside/clock.h"
#include "lab/inside/shim.h"

#include <cerrno>
#include <climits>
#include <ctime>
#include <unistd.h>

using namespace lab;

LAB_REAL(int, nanosleep, const timespec*, timespec*)
LAB_REAL(int, clock_nanosleep, clockid_t, int, const timespec*, timespec*)
LAB_REAL(int, usleep, useconds_t)
LAB_REAL(unsigned, sleep, unsigned)

namespace {

// 0 when the time is over, -1 with EINTR when a signal ended it before.
int sleep_until(Recording& call, std::int64_t end, bool on_wall, timespec* left)
{
    Doze doze{end, nullptr, on_wall};
    call.falls_asleep(doze.left() / millisecond);
    const int result = doze.sleeps([] { return 0; }, waits_for_a_signal);
    if (result < 0 && left != nullptr)
        *left = in_timespec(doze.left());
    return result;
}

int sleeping(const timespec* asked, timespec* left)
{
    Recording call{Call::nanosleep, -1, milliseconds(asked)};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    if (asked == nullptr || !is_valid(asked))
        return static_cast<int>(call.done(real_nanosleep()(asked, left)));
    return static_cast<int>(call.done(sleep_until(call, end_in(asked), false, left)));
}

} // namespace

LAB_SHIM(int, nanosleep, (const timespec* asked, timespec* left))
{
    return recording == nullptr ? real_nanosleep()(asked, left) : sleeping(asked, left);
}

LAB_SHIM(int, clock_nanosleep, (clockid_t clock, int flags, const timespec* asked, timespec* left))
{
    if (recording == nullptr || asked == nullptr || !is_valid(asked) || !follows(clock))
        return real_clock_nanosleep()(clock, flags, asked, left);
    const bool absolute = (flags & TIMER_ABSTIME) != 0;
    const std::int64_t end = absolute ? end_at(*asked, clock) : end_in(asked), now = recording->clock.now;
    Recording call{Call::nanosleep, -1, (end > now ? end - now : 0) / millisecond};
    int error = call.event().error; // given back, and not put into errno
    if (!call.is_failed()) {
        error = sleep_until(call, end, absolute && is_wall(clock), absolute ? nullptr : left) == 0 ? 0 : errno;
        errno = error;
    }
    call.done(error == 0 ? 0 : -1);
    return error;
}

LAB_SHIM(int, usleep, (useconds_t time))
{
    if (recording == nullptr)
        return real_usleep()(time);
    const timespec asked{time / 1'000'000, time % 1'000'000 * 1000L};
    return sleeping(&asked, nullptr);
}

LAB_SHIM(unsigned, sleep, (unsigned seconds))
{
    if (recording == nullptr)
        return real_sleep()(seconds);
    const timespec asked{static_cast<time_t>(seconds), 0};
    timespec left{};
    return sleeping(&asked, &left) == 0 ? 0 : static_cast<unsigned>(left.tv_sec) + 1;
}
