// The calls that give bytes. A blocking send takes all or sleeps; as in shim_read.cpp, the first try does not wait, and what
// it left over is given in a second call, so that the learner sees one call with one result.
#include "lab/control.h"
#include "lab/shim.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
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

void skip(iovec*& vector, int& count, std::size_t bytes)
{
    while (count > 0 && bytes >= vector->iov_len) {
        bytes -= vector->iov_len;
        ++vector;
        --count;
    }
    if (count > 0) {
        vector->iov_base = static_cast<char*>(vector->iov_base) + bytes;
        vector->iov_len -= bytes;
    }
}

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
    call.falls_asleep_on_socket(SO_SNDTIMEO);
    const std::size_t done = first > 0 ? static_cast<std::size_t>(first) : 0;
    const long second = make(done, 0);
    if (second < 0)
        return done > 0 ? static_cast<long>(done) : -1; // as the kernel: an error after some bytes comes with the next call
    return static_cast<long>(done) + second;
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
    const std::size_t most = call.limit(n);
    return call.done(give(call, flags, most, [&](std::size_t done, int extra) {
        return real_sendto()(fd, at(bytes, done), most - done, flags | extra, to, size);
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

LAB_SHIM(ssize_t, writev, (int fd, const iovec* vector, int count))
{
    if (!is_recorded(fd))
        return real_writev()(fd, vector, count);
    Recording call{Call::writev, fd, static_cast<long>(size_of(vector, count))};
    call.keeps_head(vector, count, call.event().args[0]);
    if (call.is_failed())
        return call.done(-1);
    iovec trimmed[max_vector];
    iovec* rest = trimmed;
    int left = call.limit(vector, count, trimmed, max_vector);
    return call.done(give(call, 0, size_of(trimmed, left), [&](std::size_t done, int extra) {
        skip(rest, left, done);
        msghdr message{};
        message.msg_iov = rest;
        message.msg_iovlen = static_cast<size_t>(left);
        return extra != 0 ? real_sendmsg()(fd, &message, extra) : real_writev()(fd, rest, left);
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
    keep_control(call.event(), *message);
    if (call.is_failed())
        return call.done(-1);
    iovec trimmed[max_vector];
    iovec* rest = trimmed;
    int left = call.limit(message->msg_iov, count, trimmed, max_vector);
    return call.done(give(call, flags, size_of(trimmed, left), [&](std::size_t done, int extra) {
        skip(rest, left, done);
        msghdr copy = *message;
        copy.msg_iov = rest;
        copy.msg_iovlen = static_cast<size_t>(left);
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
