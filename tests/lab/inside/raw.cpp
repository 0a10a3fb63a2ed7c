// syscall(2): who spells a call by its number has made that call. What has no shim passes through; so do what ends or forks the
// process, what is about signals, and pselect6, whose mask is wrapped.
#include "lab/inside/clock.h"
#include "lab/inside/kernel.h"
#include "lab/inside/shim.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(long, syscall, long, ...)

long lab::kernel_call(long number, long a, long b, long c, long d, long e, long f)
{
    return real_syscall()(number, a, b, c, d, e, f);
}

namespace {

// A word of a raw call, as what the call takes it for.
struct Word {
    long value;

    template <class T>
    operator T*() const
    {
        return reinterpret_cast<T*>(value); // NOLINT(performance-no-int-to-ptr): syscall(2) takes it so
    }
    operator int() const { return static_cast<int>(value); }
    operator unsigned() const { return static_cast<unsigned>(value); }
    operator std::size_t() const { return static_cast<std::size_t>(value); }
};

// clock_nanosleep(2) of libc gives its error back, the system call has it in errno.
long with_errno(int error) { return error == 0 ? 0 : (errno = error, -1); }

long spelled(long number, Word a, Word b, Word c, Word d, Word e, Word f)
{
    switch (number) {
    case SYS_socket: return ::socket(a, b, c);
    case SYS_socketpair: return ::socketpair(a, b, c, d);
    case SYS_bind: return ::bind(a, b, c);
    case SYS_listen: return ::listen(a, b);
    case SYS_accept: return ::accept(a, b, c);
    case SYS_accept4: return ::accept4(a, b, c, d);
    case SYS_connect: return ::connect(a, b, c);
    case SYS_shutdown: return ::shutdown(a, b);
    case SYS_close: return ::close(a);
    case SYS_close_range: return ::close_range(a, b, c);
    case SYS_dup: return ::dup(a);
    case SYS_dup2: return ::dup2(a, b);
    case SYS_dup3: return ::dup3(a, b, c);
    case SYS_getsockname: return ::getsockname(a, b, c);
    case SYS_getpeername: return ::getpeername(a, b, c);
    case SYS_getsockopt: return ::getsockopt(a, b, c, d, e);
    case SYS_setsockopt: return ::setsockopt(a, b, c, d, e);
    case SYS_fcntl: return ::fcntl(a, b, c.value);
    case SYS_ioctl: return ::ioctl(a, b, c.value);
    case SYS_read: return ::read(a, b, c);
    case SYS_readv: return ::readv(a, b, c);
    case SYS_recvfrom: return ::recvfrom(a, b, c, d, e, f);
    case SYS_recvmsg: return ::recvmsg(a, b, c);
    case SYS_recvmmsg: return ::recvmmsg(a, b, c, d, e);
    case SYS_write: return ::write(a, b, c);
    case SYS_writev: return ::writev(a, b, c);
    case SYS_sendto: return ::sendto(a, b, c, d, e, f);
    case SYS_sendfile: return ::sendfile(a, b, c, d);
    case SYS_splice: return ::splice(a, b, c, d, e, f);
    case SYS_sendmsg: return ::sendmsg(a, b, c);
    case SYS_sendmmsg: return ::sendmmsg(a, b, c, d);
    case SYS_poll: return ::poll(a, b, c);
    case SYS_ppoll: return ::ppoll(a, b, c, d);
    case SYS_select: return ::select(a, b, c, d, e);
    case SYS_epoll_create1: return ::epoll_create1(a);
    case SYS_epoll_ctl: return ::epoll_ctl(a, b, c, d);
    case SYS_epoll_wait: return ::epoll_wait(a, b, c, d);
    case SYS_epoll_pwait: return ::epoll_pwait(a, b, c, d, e);
    case SYS_epoll_pwait2: return ::epoll_pwait2(a, b, c, d, e);
    case SYS_eventfd2: return ::eventfd(a, b);
    case SYS_signalfd4: return ::signalfd(a, b, d);
    case SYS_pipe2: return ::pipe2(a, b);
    case SYS_timerfd_create: return ::timerfd_create(a, b);
    case SYS_timerfd_settime: return ::timerfd_settime(a, b, c, d);
    case SYS_timerfd_gettime: return ::timerfd_gettime(a, b);
    case SYS_clock_gettime: return ::clock_gettime(a, b);
    case SYS_gettimeofday: return ::gettimeofday(a, b);
    case SYS_time: return ::time(a);
    case SYS_getitimer: return ::getitimer(static_cast<__itimer_which>(a.value), b);
    case SYS_setitimer: return ::setitimer(static_cast<__itimer_which>(a.value), b, c);
    case SYS_nanosleep: return ::nanosleep(a, b);
    case SYS_clock_nanosleep: return with_errno(::clock_nanosleep(a, b, c, d));
    default: return kernel_call(number, a.value, b.value, c.value, d.value, e.value, f.value);
    }
}

} // namespace

LAB_SHIM(long, syscall, (long number, long a, long b, long c, long d, long e, long f))
{
    if (recording == nullptr)
        return kernel_call(number, a, b, c, d, e, f);
    if (number == SYS_futex)
        return waits_for_futex(a, b, c, d, e, f);
    return spelled(number, {a}, {b}, {c}, {d}, {e}, {f});
}
