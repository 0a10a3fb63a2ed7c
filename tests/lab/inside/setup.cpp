// The calls that make, name and connect a socket.
#include "lab/inside/clock.h"
#include "lab/inside/kernel.h"
#include "lab/inside/ports.h"
#include "lab/inside/shim.h"
#include "lab/inside/shown.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(int, socket, int, int, int)
LAB_REAL(int, socketpair, int, int, int, int*)
LAB_REAL(int, bind, int, const sockaddr*, socklen_t)
LAB_REAL(int, listen, int, int)
LAB_REAL(int, accept, int, sockaddr*, socklen_t*)
LAB_REAL(int, accept4, int, sockaddr*, socklen_t*, int)
LAB_REAL(int, connect, int, const sockaddr*, socklen_t)
LAB_REAL(int, shutdown, int, int)

namespace {

// A test may want the buffers of the learner's own socket to be small, and it is early enough here: before the handshake.
void narrow(int fd)
{
    if (const int bytes = recording->receive_buffer; bytes > 0)
        kernel(SYS_setsockopt, fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    if (const int bytes = recording->send_buffer; bytes > 0)
        kernel(SYS_setsockopt, fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

// A signal ends the wait of a blocking connect(), and the attempt goes on without it (connect(2), EINTR): so this one begins,
// and does not wait.
int begin_to_connect(int fd, const sockaddr* address, socklen_t size)
{
    const auto flags = static_cast<int>(kernel(SYS_fcntl, fd, F_GETFL, 0));
    kernel(SYS_fcntl, fd, F_SETFL, flags | O_NONBLOCK);
    const int result = real_connect()(fd, address, size);
    const int saved = errno;
    kernel(SYS_fcntl, fd, F_SETFL, flags);
    errno = saved;
    return result;
}

int begin_to_connect(Recording& call, int fd, const sockaddr* address, socklen_t size)
{
    const int result = begin_to_connect(fd, address, size);
    if (result == 0 || errno != EINPROGRESS)
        call.withdraw_failure();
    return result;
}

// SO_SNDTIMEO limits a blocking connect(), too: EINPROGRESS when the time is over (socket(7)).
int connect_before(std::int64_t end, Recording& call, int fd, const sockaddr* address, socklen_t size)
{
    const int begun = begin_to_connect(fd, address, size);
    if (begun == 0 || errno != EINPROGRESS)
        return begun;
    Doze doze{end};
    call.falls_asleep(call.event().patience);
    if (doze.awaits(fd, POLLOUT) == 0) {
        errno = errno == EAGAIN ? EINPROGRESS : errno;
        return -1;
    }
    int error = 0;
    socklen_t room = sizeof error;
    kernel(SYS_getsockopt, fd, SOL_SOCKET, SO_ERROR, &error, &room);
    errno = error;
    return error == 0 ? 0 : -1;
}

// The test has chosen the learner's own end of this connection, as the kernel might have (Learner::calls_from()).
void take_own_end(int fd, const Address& to)
{
    const OwnEnd& own = recording->own_end;
    Address now{};
    keep_name(now, fd, SYS_getsockname);
    if (own.size == 0 || to.port != own.port || now.port != 0)
        return;
    const int saved = errno, on = 1;
    int before = 0;
    socklen_t size = sizeof before;
    kernel(SYS_getsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &before, &size); // the test holds that port, too
    kernel(SYS_setsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    kernel(SYS_bind, fd, own.name, own.size);
    kernel(SYS_setsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &before, sizeof before);
    errno = saved;
}

template <class Real>
int accept_with(Recording& call, Real real, int fd, sockaddr* address, socklen_t* size)
{
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    if (has_to_wait(fd) && !sleeps_on(call, SO_RCVTIMEO, POLLIN)) // who shares the listener may still be first
        return static_cast<int>(call.done(-1));
    // The caller's buffer goes to the real call untouched: its size is the learner's business, and so are its mistakes.
    keep_room(call.event(), address, size);
    const int result = real(address, size);
    keep_filled(call.event(), size, result);
    if (result >= 0) {
        keep_name(call.event().address, result, SYS_getpeername);
        shows_name(address, call.event().room);
    }
    return call.opened(result);
}

} // namespace

LAB_SHIM(int, socket, (int family, int type, int protocol))
{
    if (recording == nullptr)
        return real_socket()(family, type, protocol);
    Recording call{Call::socket, -1, family, type, protocol};
    return call.is_failed() ? static_cast<int>(call.done(-1)) : call.opened(real_socket()(family, type, protocol));
}

LAB_SHIM(int, socketpair, (int family, int type, int protocol, int* pair))
{
    if (recording == nullptr)
        return real_socketpair()(family, type, protocol, pair);
    Recording call{Call::socketpair, -1, family, type};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    const int result = real_socketpair()(family, type, protocol, pair);
    if (result == 0) {
        forget_kind(pair[0]);
        forget_kind(pair[1]);
        call.event().args[2] = (static_cast<long>(pair[0]) << 16) | pair[1];
    }
    return static_cast<int>(call.done(result));
}

LAB_SHIM(int, bind, (int fd, const sockaddr* address, socklen_t size))
{
    if (!is_recorded(fd))
        return real_bind()(fd, address, size);
    Recording call{Call::bind, fd, size};
    call.event().address = address_of(address, size);
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    const int result = takes_a_port_of_both_families(fd, address, size) ? 0 : real_bind()(fd, address, size);
    keep_name(call.event().other_address, fd, SYS_getsockname);
    return static_cast<int>(call.done(result));
}

LAB_SHIM(int, listen, (int fd, int backlog))
{
    if (!is_recorded(fd))
        return real_listen()(fd, backlog);
    Recording call{Call::listen, fd, backlog};
    if (call.is_failed())
        return static_cast<int>(call.done(-1));
    const int result = real_listen()(fd, backlog);
    keep_name(call.event().other_address, fd, SYS_getsockname);
    return static_cast<int>(call.done(result));
}

LAB_SHIM(int, accept, (int fd, sockaddr* address, socklen_t* size))
{
    if (!is_recorded(fd))
        return real_accept()(fd, address, size);
    Recording call{Call::accept, fd};
    return accept_with(
        call, [fd](sockaddr* a, socklen_t* s) { return real_accept()(fd, a, s); }, fd, address, size);
}

LAB_SHIM(int, accept4, (int fd, sockaddr* address, socklen_t* size, int flags))
{
    if (!is_recorded(fd))
        return real_accept4()(fd, address, size, flags);
    Recording call{Call::accept4, fd, flags};
    return accept_with(
        call, [=](sockaddr* a, socklen_t* s) { return real_accept4()(fd, a, s, flags); }, fd, address, size);
}

LAB_SHIM(int, connect, (int fd, const sockaddr* address, socklen_t size))
{
    if (!is_recorded(fd))
        return real_connect()(fd, address, size);
    Recording call{Call::connect, fd, size};
    call.event().address = address_of(address, size);
    narrow(fd);
    const MeantName meant{address, size};
    if (!call.is_failed() && meant.is_nobody())
        return errno = EINVAL, static_cast<int>(call.done(-1));
    if (call.is_failed() && call.failure() != EINTR)
        return static_cast<int>(call.done(-1));
    take_own_end(fd, call.event().address);
    // It cannot be tried first: whether it sleeps is for the kernel to say.
    const std::int64_t limit = is_blocking(fd) ? call.keeps_patience_of_socket(SO_SNDTIMEO) : never;
    const std::uint32_t seen = recording->count;
    const int result = call.is_failed() ? begin_to_connect(call, fd, meant.get(), size)
                       : limit != never ? connect_before(end_in(limit), call, fd, meant.get(), size)
                                        : real_connect()(fd, meant.get(), size);
    call.event().slept |= recording->count != seen; // somebody did something meanwhile: the diagram shows both ends of the wait
    keep_name(call.event().other_address, fd, SYS_getsockname);
    return static_cast<int>(call.done(result));
}

LAB_SHIM(int, shutdown, (int fd, int how))
{
    if (!is_recorded(fd))
        return real_shutdown()(fd, how);
    Recording call{Call::shutdown, fd, how};
    return static_cast<int>(call.done(call.is_failed() ? -1 : real_shutdown()(fd, how)));
}
