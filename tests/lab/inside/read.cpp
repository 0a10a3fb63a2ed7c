// The calls that take bytes.
#include "lab/inside/clock.h"
#include "lab/inside/control.h"
#include "lab/inside/rest.h"
#include "lab/inside/shim.h"
#include "lab/inside/shown.h"
#include "lab/inside/take.h"
#include "lab/inside/timers.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace lab;

LAB_REAL(ssize_t, recv, int, void*, size_t, int)
LAB_REAL(ssize_t, recvfrom, int, void*, size_t, int, sockaddr*, socklen_t*)
LAB_REAL(ssize_t, recvmsg, int, msghdr*, int)
LAB_REAL(ssize_t, read, int, void*, size_t)
LAB_REAL(ssize_t, readv, int, const iovec*, int)

namespace {

char* at(void* bytes, std::size_t offset) { return static_cast<char*>(bytes) + offset; }

long wait_for_timer(Recording& call, void* bytes, std::size_t n)
{
    const int fd = call.event().fd;
    long result = reads_timer(fd, bytes, n);
    if (result >= 0 || errno != EAGAIN || !is_blocking(fd))
        return result;
    Doze doze{never};
    call.falls_asleep(-1);
    while (result < 0 && errno == EAGAIN && doze.awaits(fd, POLLIN) != 0)
        result = reads_timer(fd, bytes, n);
    return result;
}

// Descriptors that came with a message (unix(7), SCM_RIGHTS): how many, and the first; the kernel gives the lowest free ones.
void keep_descriptors(Event& event, msghdr* message)
{
    for (cmsghdr* part = CMSG_FIRSTHDR(message); part != nullptr; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        std::memcpy(&event.fds_first, CMSG_DATA(part), sizeof event.fds_first);
        event.fds_count = static_cast<int>((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    }
}

void keep_sender(Event& event, const void* address, socklen_t size)
{
    if (address != nullptr && event.result >= 0)
        event.address = address_of(static_cast<const sockaddr*>(address), size);
}

} // namespace

LAB_SHIM(ssize_t, recv, (int fd, void* bytes, size_t n, int flags))
{
    if (!is_recorded(fd))
        return real_recv()(fd, bytes, n, flags);
    Recording call{Call::recv, fd, static_cast<long>(n), flags};
    if (call.is_failed())
        return call.done(-1);
    const std::size_t most = call.limit(n);
    std::size_t done = 0;
    const long result =
        take(call, flags, most, done, [&](int extra) { return real_recv()(fd, at(bytes, done), most - done, flags | extra); });
    call.keeps_head(bytes, std::min(result, static_cast<long>(most)));
    return call.done(result);
}

LAB_SHIM(ssize_t, recvfrom, (int fd, void* bytes, size_t n, int flags, sockaddr* from, socklen_t* size))
{
    if (!is_recorded(fd))
        return real_recvfrom()(fd, bytes, n, flags, from, size);
    Recording call{Call::recvfrom, fd, static_cast<long>(n), flags};
    if (call.is_failed())
        return call.done(-1);
    const std::size_t most = call.limit(n);
    keep_room(call.event(), from, size);
    std::size_t done = 0;
    const long result = take(call, flags, most, done, [&](int extra) {
        return real_recvfrom()(fd, at(bytes, done), most - done, flags | extra, from, size);
    });
    keep_filled(call.event(), size, result);
    call.keeps_head(bytes, std::min(result, static_cast<long>(most)));
    if (result >= 0 && size != nullptr) {
        keep_sender(call.event(), from, *size);
        shows_name(from, call.event().room);
    }
    return call.done(result);
}

LAB_SHIM(ssize_t, read, (int fd, void* bytes, size_t n))
{
    if (!is_recorded(fd))
        return real_read()(fd, bytes, n);
    Recording call{Call::read, fd, static_cast<long>(n)};
    if (call.is_failed())
        return call.done(-1);
    const std::size_t most = call.limit(n);
    if (most == 0) // read(2) of nothing never waits; recv(2) of nothing does
        return call.done(real_read()(fd, bytes, 0));
    std::size_t done = 0;
    const long result = is_timer(fd) ? wait_for_timer(call, bytes, most) : take(call, 0, most, done, [&](int extra) {
        return extra != 0 ? real_recv()(fd, bytes, most, extra) : real_read()(fd, bytes, most);
    });
    call.keeps_head(bytes, result);
    return call.done(result);
}

LAB_SHIM(ssize_t, readv, (int fd, const iovec* vector, int count))
{
    if (!is_recorded(fd))
        return real_readv()(fd, vector, count);
    Recording call{Call::readv, fd, count};
    if (call.is_failed())
        return call.done(-1);
    iovec trimmed[max_vector];
    const int left = call.limit(vector, count, trimmed, max_vector);
    std::size_t done = 0;
    const long result = take(call, 0, size_of(trimmed, left), done, [&](int extra) {
        msghdr message{};
        message.msg_iov = trimmed;
        message.msg_iovlen = static_cast<size_t>(left);
        return extra != 0 ? real_recvmsg()(fd, &message, extra) : real_readv()(fd, trimmed, left);
    });
    call.keeps_head(trimmed, left, result);
    return call.done(result);
}

LAB_SHIM(ssize_t, recvmsg, (int fd, msghdr* message, int flags))
{
    if (!is_recorded(fd))
        return real_recvmsg()(fd, message, flags);
    Recording call{Call::recvmsg, fd, static_cast<long>(message->msg_iovlen), flags};
    if (call.is_failed())
        return call.done(-1);
    iovec trimmed[max_vector];
    const int left = call.limit(message->msg_iov, static_cast<int>(message->msg_iovlen), trimmed, max_vector);
    Rest rest;
    rest.count = call.limit(message->msg_iov, static_cast<int>(message->msg_iovlen), rest.pieces, max_vector);
    msghdr asked = *message;
    std::size_t done = 0;
    const long result = take(call, flags, size_of(trimmed, left), done, [&](int extra) {
        rest.skip_to(done);
        // The kernel writes the lengths back, so a second try starts from what the learner asked for.
        message->msg_namelen = asked.msg_namelen;
        message->msg_controllen = asked.msg_controllen;
        message->msg_iov = rest.first;
        message->msg_iovlen = static_cast<size_t>(rest.count);
        return real_recvmsg()(fd, message, flags | extra);
    });
    message->msg_iov = asked.msg_iov;
    message->msg_iovlen = asked.msg_iovlen;
    call.keeps_head(trimmed, left, result);
    call.event().args[2] = message->msg_flags;
    if (result >= 0) {
        keep_sender(call.event(), message->msg_name, message->msg_namelen);
        shows_name(static_cast<sockaddr*>(message->msg_name), static_cast<int>(asked.msg_namelen));
        keep_descriptors(call.event(), message);
        keep_control(call.event(), *message);
    }
    return call.done(result);
}

// glibc's own call of read(2) would pass the recorder by.
LAB_SHIM(int, eventfd_read, (int fd, eventfd_t* count))
{
    return lab_shim_read(fd, count, sizeof *count) == sizeof *count ? 0 : -1;
}

// The spellings that _FORTIFY_SOURCE turns them into; `room` is what the compiler knows of the buffer.
LAB_SHIM_AS(ssize_t, recv_chk, "__recv_chk", (int fd, void* bytes, size_t n, size_t room, int flags))
{
    return n > room ? (overflows(), 0) : lab_shim_recv(fd, bytes, n, flags);
}

LAB_SHIM_AS(ssize_t, recvfrom_chk, "__recvfrom_chk",
            (int fd, void* bytes, size_t n, size_t room, int flags, sockaddr* from, socklen_t* size))
{
    return n > room ? (overflows(), 0) : lab_shim_recvfrom(fd, bytes, n, flags, from, size);
}

LAB_SHIM_AS(ssize_t, read_chk, "__read_chk", (int fd, void* bytes, size_t n, size_t room))
{
    return n > room ? (overflows(), 0) : lab_shim_read(fd, bytes, n);
}
