// The calls that sleep.
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

int sleeping(const timespec* asked, timespec* left, int (*real)(const timespec*, timespec*))
{
    Recording call{Call::nanosleep, -1, milliseconds(asked)};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    call.falls_asleep(milliseconds(asked));
    return static_cast<int>(call.done(real(asked, left)));
}

} // namespace

LAB_SHIM(int, nanosleep, (const timespec* asked, timespec* left))
{
    return recording == nullptr ? real_nanosleep()(asked, left) : sleeping(asked, left, real_nanosleep());
}

LAB_SHIM(int, clock_nanosleep, (clockid_t clock, int flags, const timespec* asked, timespec* left))
{
    if (recording == nullptr)
        return real_clock_nanosleep()(clock, flags, asked, left);
    Recording call{Call::nanosleep, -1, flags == 0 ? milliseconds(asked) : 0};
    int error = call.event().error; // given back, and not put into errno
    if (!call.is_failed()) {
        call.falls_asleep(INT_MAX); // an absolute time ends by itself
        error = real_clock_nanosleep()(clock, flags, asked, left);
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
    return sleeping(&asked, nullptr, real_nanosleep());
}

LAB_SHIM(unsigned, sleep, (unsigned seconds))
{
    if (recording == nullptr)
        return real_sleep()(seconds);
    const timespec asked{static_cast<time_t>(seconds), 0};
    timespec left{};
    return sleeping(&asked, &left, real_nanosleep()) == 0 ? 0 : static_cast<unsigned>(left.tv_sec) + 1;
}
