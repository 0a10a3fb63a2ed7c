// The calls that give bytes. A blocking send takes all or sleeps; as in shim_read.cpp, the first try does not wait, and what
// it left over is given in more calls, so that the learner sees one call with one result.
#include "lab/inside/clock.h"
#include "lab/inside/control.h"
#include "lab/inside/kernel.h"
#include "lab/inside/rest.h"
#include "lab/inside/shim.h"
#include "lab/inside/shown.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(ssize_t, send, int, const void*, size_t, int)
LAB_REAL(ssize_t, sendto, int, const void*, size_t, int, const sockaddr*, socklen_t)
LAB_REAL(ssize_t, sendmsg, int, const msghdr*, int)
LAB_REAL(ssize_t, write, int, const void*, size_t)
LAB_REAL(ssize_t, writev, int, const iovec*, int)
LAB_REAL(ssize_t, sendfile, int, int, off_t*, size_t)
LAB_REAL(ssize_t, splice, int, off64_t*, int, off64_t*, size_t, unsigned)

namespace {

// A blocking send that has moved something and meets a signal ends, whatever SA_RESTART says (signal(7)): so does ppoll(2). What
// comes between two of them waits for the next one, instead of being lost.
class HeldSignals {
public:
    HeldSignals()
    {
        sigset_t all;
        sigfillset(&all);
        kernel(SYS_rt_sigprocmask, SIG_BLOCK, &all, &before_, _NSIG / 8);
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals()
    {
        const int saved = errno;
        kernel(SYS_rt_sigprocmask, SIG_SETMASK, &before_, nullptr, _NSIG / 8);
        errno = saved;
    }

    const sigset_t* before() const { return &before_; }

private:
    sigset_t before_;
};

// `make(done, extra)` makes the real call for what comes after the first `done` bytes, with the flags `extra` added.
template <class Make>
long give(Recording& call, int flags, std::size_t n, Make make)
{
    const int fd = call.event().fd;
    if ((flags & MSG_DONTWAIT) != 0 || n == 0 || kind_of(fd) != Kind::stream) {
        if ((flags & MSG_DONTWAIT) == 0 && kind_of(fd) == Kind::datagram && is_blocking(fd))
            call.keeps_patience_of_socket(SO_SNDTIMEO);
        return make(std::size_t{0}, 0);
    }
    const long first = make(std::size_t{0}, MSG_DONTWAIT);
    if (first == static_cast<long>(n) || (first < 0 && errno != EAGAIN) || !is_blocking(fd))
        return first;
    const std::int64_t limit = call.keeps_patience_of_socket(SO_SNDTIMEO);
    if (first < 0 && limit == never) {
        call.falls_asleep(-1);
        return make(std::size_t{0}, 0);
    }
    const HeldSignals signals;
    Doze doze{end_in(limit), signals.before()};
    call.falls_asleep(call.event().patience);
    auto done = static_cast<std::size_t>(first > 0 ? first : 0);
    while (done < n) {
        const short ready = doze.awaits(fd, POLLOUT);
        if (ready == 0 ||
            (done > 0 && (ready & (POLLERR | POLLHUP)) != 0)) // as with the kernel, an error comes with the next call
            break;
        const long more = make(done, MSG_DONTWAIT);
        if (more < 0 && errno != EAGAIN)
            break;
        done += more > 0 ? static_cast<std::size_t>(more) : 0;
    }
    return done > 0 ? static_cast<long>(done) : -1;
}

const char* at(const void* bytes, std::size_t offset) { return static_cast<const char*>(bytes) + offset; }

} // namespace

LAB_SHIM(ssize_t, send, (int fd, const void* bytes, size_t n, int flags))
{
    if (!is_recorded(fd))
        return real_send()(fd, bytes, n, flags);
    Recording call{Call::send, fd, static_cast<long>(n), flags};
    call.keeps_head(bytes, static_cast<long>(n));
    if (call.is_failed())
        return call.done(-1);
    const std::size_t most = call.limit(n);
    return call.done(give(call, flags, most, [&](std::size_t done, int extra) {
        return real_send()(fd, at(bytes, done), most - done, flags | extra);
    }));
}

LAB_SHIM(ssize_t, sendto, (int fd, const void* bytes, size_t n, int flags, const sockaddr* to, socklen_t size))
{
    if (!is_recorded(fd))
        return real_sendto()(fd, bytes, n, flags, to, size);
    Recording call{Call::sendto, fd, static_cast<long>(n), flags};
    call.keeps_head(bytes, static_cast<long>(n));
    call.event().address = address_of(to, size);
    if (call.is_failed())
        return call.done(-1);
    const MeantName meant{to, size};
    if (meant.is_nobody())
        return errno = ENETUNREACH, call.done(-1);
    const std::size_t most = call.limit(n);
    return call.done(give(call, flags, most, [&](std::size_t done, int extra) {
        return real_sendto()(fd, at(bytes, done), most - done, flags | extra, meant.get(), size);
    }));
}

LAB_SHIM(ssize_t, write, (int fd, const void* bytes, size_t n))
{
    if (!is_recorded(fd))
        return real_write()(fd, bytes, n);
    Recording call{Call::write, fd, static_cast<long>(n)};
    call.keeps_head(bytes, static_cast<long>(n));
    if (call.is_failed())
        return call.done(-1);
    const std::size_t most = call.limit(n);
    return call.done(give(call, 0, most, [&](std::size_t done, int extra) {
        return extra != 0 ? real_send()(fd, at(bytes, done), most - done, extra) : real_write()(fd, at(bytes, done), most - done);
    }));
}

// As eventfd_read() in read.cpp.
LAB_SHIM(int, eventfd_write, (int fd, eventfd_t count))
{
    return lab_shim_write(fd, &count, sizeof count) == sizeof count ? 0 : -1;
}

LAB_SHIM(ssize_t, writev, (int fd, const iovec* vector, int count))
{
    if (!is_recorded(fd))
        return real_writev()(fd, vector, count);
    Recording call{Call::writev, fd, static_cast<long>(size_of(vector, count))};
    call.keeps_head(vector, count, call.event().args[0]);
    if (call.is_failed())
        return call.done(-1);
    Rest rest;
    rest.count = call.limit(vector, count, rest.pieces, max_vector);
    return call.done(give(call, 0, size_of(rest.pieces, rest.count), [&](std::size_t done, int extra) {
        rest.skip_to(done);
        msghdr message{};
        message.msg_iov = rest.first;
        message.msg_iovlen = static_cast<size_t>(rest.count);
        return extra != 0 ? real_sendmsg()(fd, &message, extra) : real_writev()(fd, rest.first, rest.count);
    }));
}

LAB_SHIM(ssize_t, sendmsg, (int fd, const msghdr* message, int flags))
{
    if (!is_recorded(fd))
        return real_sendmsg()(fd, message, flags);
    const int count = static_cast<int>(message->msg_iovlen);
    Recording call{Call::sendmsg, fd, static_cast<long>(size_of(message->msg_iov, count)), flags};
    call.keeps_head(message->msg_iov, count, call.event().args[0]);
    call.event().address = address_of(static_cast<const sockaddr*>(message->msg_name), message->msg_namelen);
    keep_sent_control(call.event(), *message);
    if (call.is_failed())
        return call.done(-1);
    const MeantName meant{static_cast<const sockaddr*>(message->msg_name), message->msg_namelen};
    if (meant.is_nobody())
        return errno = ENETUNREACH, call.done(-1);
    Rest rest;
    rest.count = call.limit(message->msg_iov, count, rest.pieces, max_vector);
    return call.done(give(call, flags, size_of(rest.pieces, rest.count), [&](std::size_t done, int extra) {
        rest.skip_to(done);
        msghdr copy = *message;
        copy.msg_name = const_cast<sockaddr*>(meant.get()); // which it only reads
        copy.msg_iov = rest.first;
        copy.msg_iovlen = static_cast<size_t>(rest.count);
        if (done > 0) // descriptors travel with the first byte
            copy.msg_controllen = 0;
        return real_sendmsg()(fd, &copy, flags | extra);
    }));
}

LAB_SHIM(ssize_t, sendfile, (int out, int in, off_t* offset, size_t n))
{
    if (!is_recorded(out))
        return real_sendfile()(out, in, offset, n);
    Recording call{Call::sendfile, out, static_cast<long>(n), in};
    return call.done(call.is_failed() ? -1 : real_sendfile()(out, in, offset, call.limit(n)));
}

LAB_SHIM(ssize_t, splice, (int in, off64_t* in_offset, int out, off64_t* out_offset, size_t n, unsigned flags))
{
    if (!is_recorded(out))
        return real_splice()(in, in_offset, out, out_offset, n, flags);
    Recording call{Call::splice, out, static_cast<long>(n), in};
    return call.done(call.is_failed() ? -1 : real_splice()(in, in_offset, out, out_offset, call.limit(n), flags));
}
