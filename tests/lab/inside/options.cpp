// The calls that configure a descriptor, and ask about it.
#include "lab/inside/clock.h"
#include "lab/inside/shim.h"
#include "lab/inside/shown.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>

using namespace lab;

LAB_REAL(int, fcntl, int, int, ...)
LAB_REAL(int, fcntl64, int, int, ...)
LAB_REAL(int, ioctl, int, unsigned long, ...)
LAB_REAL(int, setsockopt, int, int, int, const void*, socklen_t)
LAB_REAL(int, getsockopt, int, int, int, void*, socklen_t*)
LAB_REAL(int, getsockname, int, sockaddr*, socklen_t*)
LAB_REAL(int, getpeername, int, sockaddr*, socklen_t*)

namespace {
int fcntl_with(int (*real)(int, int, ...), int fd, int command, long argument)
{
    if (!is_recorded(fd))
        return real(fd, command, argument);
    Recording call{Call::fcntl, fd, command, argument};
    return call.is_failed() ? static_cast<int>(call.done(-1)) : call.opened(real(fd, command, argument));
}
} // namespace

LAB_SHIM(int, fcntl, (int fd, int command, long argument)) { return fcntl_with(real_fcntl(), fd, command, argument); }
LAB_SHIM(int, fcntl64, (int fd, int command, long argument)) { return fcntl_with(real_fcntl64(), fd, command, argument); }

LAB_SHIM(int, ioctl, (int fd, unsigned long request, long argument))
{
    if (!is_recorded(fd))
        return real_ioctl()(fd, request, argument);
    Recording call{Call::ioctl, fd, static_cast<long>(request)};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    return static_cast<int>(call.done(real_ioctl()(fd, request, argument)));
}

LAB_SHIM(int, setsockopt, (int fd, int level, int option, const void* value, socklen_t size))
{
    if (!is_recorded(fd))
        return real_setsockopt()(fd, level, option, value, size);
    Recording call{Call::setsockopt, fd, level, option};
    const bool is_time = level == SOL_SOCKET && (option == SO_RCVTIMEO || option == SO_SNDTIMEO);
    if (const auto* time = static_cast<const timeval*>(value); is_time && time != nullptr && size >= sizeof *time)
        call.event().args[2] = time->tv_sec * 1000 + time->tv_usec / 1000;
    else if (value != nullptr && size >= sizeof(int))
        call.event().args[2] = *static_cast<const int*>(value);
    call.keeps_head(value, static_cast<long>(size)); // a time or a linger is more than a number
    const int result = call.is_failed() ? -1 : real_setsockopt()(fd, level, option, value, size);
    if (const auto* time = static_cast<const timeval*>(value); is_time && result == 0)
        keep_time_limit(fd, option, time->tv_sec < 0 ? 0 : time->tv_sec * second + time->tv_usec * 1000);
    return static_cast<int>(call.done(result));
}

LAB_SHIM(int, getsockopt, (int fd, int level, int option, void* value, socklen_t* size))
{
    if (!is_recorded(fd))
        return real_getsockopt()(fd, level, option, value, size);
    Recording call{Call::getsockopt, fd, level, option};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    const int result = real_getsockopt()(fd, level, option, value, size);
    if (result == 0 && value != nullptr && *size >= sizeof(int))
        call.event().args[2] = *static_cast<const int*>(value);
    return static_cast<int>(call.done(result));
}

LAB_SHIM(int, getsockname, (int fd, sockaddr* address, socklen_t* size))
{
    if (!is_recorded(fd))
        return real_getsockname()(fd, address, size);
    Recording call{Call::getsockname, fd};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    keep_room(call.event(), address, size);
    const int result = real_getsockname()(fd, address, size);
    keep_filled(call.event(), size, result);
    keep_name(call.event().other_address, fd, SYS_getsockname);
    return static_cast<int>(call.done(result));
}

LAB_SHIM(int, getpeername, (int fd, sockaddr* address, socklen_t* size))
{
    if (!is_recorded(fd))
        return real_getpeername()(fd, address, size);
    Recording call{Call::getpeername, fd};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    keep_room(call.event(), address, size);
    const int result = real_getpeername()(fd, address, size);
    keep_filled(call.event(), size, result);
    if (result == 0) {
        keep_name(call.event().other_address, fd, SYS_getpeername);
        shows_name(address, call.event().room);
    }
    return static_cast<int>(call.done(result));
}
