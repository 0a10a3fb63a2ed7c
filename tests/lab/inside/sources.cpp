// The descriptors that exist to be waited for or woken with.
#include "lab/inside/clock.h"
#include "lab/inside/shim.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(int, epoll_create, int)
LAB_REAL(int, epoll_create1, int)
LAB_REAL(int, pipe, int*)
LAB_REAL(int, pipe2, int*, int)
LAB_REAL(int, eventfd, unsigned, int)
LAB_REAL(int, signalfd, int, const sigset_t*, int)

namespace {

template <class Make>
int opening(Call name, long a, Make make)
{
    Recording call{name, -1, a};
    return call.is_failed() ? static_cast<int>(call.done(-1)) : call.opened(make());
}

} // namespace

LAB_SHIM(int, epoll_create1, (int flags))
{
    return recording == nullptr ? real_epoll_create1()(flags)
                                : opening(Call::epoll_create1, flags, [=] { return real_epoll_create1()(flags); });
}

LAB_SHIM(int, epoll_create, (int size))
{
    return recording == nullptr ? real_epoll_create()(size)
                                : opening(Call::epoll_create1, 0, [=] { return real_epoll_create()(size); });
}

LAB_SHIM(int, eventfd, (unsigned count, int flags))
{
    return recording == nullptr ? real_eventfd()(count, flags)
                                : opening(Call::eventfd, count, [=] { return real_eventfd()(count, flags); });
}

LAB_SHIM(int, signalfd, (int fd, const sigset_t* mask, int flags))
{
    if (recording == nullptr || mask == nullptr)
        return real_signalfd()(fd, mask, flags);
    const sigset_t wanted = without_wake_signal(*mask);
    return opening(Call::signalfd, fd, [&] { return real_signalfd()(fd, &wanted, flags); });
}

namespace {
int make_pipe(Call name, int* ends, int flags)
{
    Recording call{name, -1, flags};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    const int result = real_pipe2()(ends, flags);
    if (result == 0) {
        forget_kind(ends[0]);
        forget_kind(ends[1]);
        call.event().args[2] = (static_cast<long>(ends[0]) << 16) | ends[1];
    }
    return static_cast<int>(call.done(result));
}
} // namespace

LAB_SHIM(int, pipe, (int* ends)) { return recording == nullptr ? real_pipe()(ends) : make_pipe(Call::pipe, ends, 0); }
LAB_SHIM(int, pipe2, (int* ends, int flags))
{
    return recording == nullptr ? real_pipe2()(ends, flags) : make_pipe(Call::pipe2, ends, flags);
}
