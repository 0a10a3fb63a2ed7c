// The calls that copy a descriptor, or end it.
#include "lab/inside/clock.h"
#include "lab/inside/shim.h"

#include <unistd.h>

using namespace lab;

LAB_REAL(int, close, int)
LAB_REAL(int, close_range, unsigned, unsigned, int)
LAB_REAL(int, dup, int)
LAB_REAL(int, dup2, int, int)
LAB_REAL(int, dup3, int, int, int)

LAB_SHIM(int, close, (int fd))
{
    if (!is_recorded(fd)) {
        forget_kind(fd);
        return real_close()(fd);
    }
    Recording call{Call::close, fd};
    forget_kind(fd);
    forgets_timer(fd);
    const int result = real_close()(fd); // a scripted failure comes after it: the number is free by then (close(2), NOTES)
    return static_cast<int>(call.done(call.is_failed() ? -1 : result));
}

// A range of one is close(2) under another name. What is wider belongs to no answer, and is seen by what it leaves.
LAB_SHIM(int, close_range, (unsigned first, unsigned last, int flags))
{
    return first == last && flags == 0 ? ::close(static_cast<int>(first)) : real_close_range()(first, last, flags);
}

LAB_SHIM(int, dup, (int fd))
{
    if (!is_recorded(fd))
        return real_dup()(fd);
    Recording call{Call::dup, fd};
    return call.is_failed() ? static_cast<int>(call.done(-1)) : call.opened(real_dup()(fd));
}

LAB_SHIM(int, dup2, (int fd, int target))
{
    if (!is_recorded(fd))
        return real_dup2()(fd, target);
    Recording call{Call::dup2, fd, target};
    return call.is_failed() ? static_cast<int>(call.done(-1)) : call.opened(real_dup2()(fd, target));
}

LAB_SHIM(int, dup3, (int fd, int target, int flags))
{
    if (!is_recorded(fd))
        return real_dup3()(fd, target, flags);
    Recording call{Call::dup3, fd, target, flags};
    return call.is_failed() ? static_cast<int>(call.done(-1)) : call.opened(real_dup3()(fd, target, flags));
}
