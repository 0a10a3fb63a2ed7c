#pragma once

#include "lab/inside/clock.h"
#include "lab/inside/kernel.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// How a call takes bytes. It first tries without waiting: if nothing is there, the recorder notes that the learner falls asleep,
// and only then comes the call that waits. So one system call is enough when data is there.
namespace lab {

inline bool nothing_to_read(int fd)
{
    pollfd p{fd, POLLIN, 0};
    return kernel(SYS_poll, &p, 1, 0) == 0;
}

// MSG_WAITALL sleeps until all `n` bytes, an error or the end have come.
inline bool not_all_there(int fd, std::size_t n)
{
    int waiting = 0;
    pollfd p{fd, POLLRDHUP, 0};
    return kernel(SYS_ioctl, fd, FIONREAD, &waiting) == 0 && static_cast<std::size_t>(waiting) < n &&
           kernel(SYS_poll, &p, 1, 0) == 0;
}

// The kernel cuts a datagram to the buffer and does not say so. The recorder asks for the real size (recv(2), MSG_TRUNC), and
// keeps it to itself unless the learner asked too.
template <class Make>
long take_datagram(Recording& call, int flags, std::size_t n, Make make)
{
    long result = make(MSG_TRUNC | MSG_DONTWAIT);
    if (result < 0 && errno == EAGAIN && (flags & MSG_DONTWAIT) == 0 && is_blocking(call.event().fd)) {
        result = sleeps_on(call, SO_RCVTIMEO, POLLIN) ? make(MSG_TRUNC) : -1;
    }
    call.event().datagram = result;
    return (flags & MSG_TRUNC) != 0 ? result : std::min(result, static_cast<long>(n));
}

// MSG_WAITALL and SO_RCVTIMEO: all `n` bytes, or what has come when the time is over.
template <class Make>
long take_all_in_time(Recording& call, std::size_t n, std::size_t& done, Make make)
{
    Doze doze{end_in(call.keeps_patience_of_socket(SO_RCVTIMEO))};
    call.falls_asleep(call.event().patience);
    long more = make(MSG_DONTWAIT);
    while (more > 0 || (more < 0 && errno == EAGAIN)) {
        done += more > 0 ? static_cast<std::size_t>(more) : 0;
        const short ready = done < n ? doze.awaits(call.event().fd, POLLIN) : short{0};
        if (ready == 0 || (done > 0 && (ready & POLLERR) != 0)) // an error comes with the next call
            break;
        more = make(MSG_DONTWAIT);
    }
    return done > 0 ? static_cast<long>(done) : std::min(more, 0L);
}

// `make(extra)` makes the real call with the flags `extra` added; it has room for `n` bytes, of which the first `done` are there.
template <class Make>
long take(Recording& call, int flags, std::size_t n, std::size_t& done, Make make)
{
    const int fd = call.event().fd;
    if (kind_of(fd) == Kind::datagram)
        return take_datagram(call, flags, n, make);
    if ((flags & MSG_DONTWAIT) != 0 || !is_recorded(fd))
        return make(0);
    if ((flags & MSG_WAITALL) != 0 && n > 0) {
        if (!is_blocking(fd) || !not_all_there(fd, n))
            return make(0);
        if ((flags & MSG_PEEK) == 0 && call.keeps_patience_of_socket(SO_RCVTIMEO) != never)
            return take_all_in_time(call, n, done, make);
        call.falls_asleep(-1);
        return make(0);
    }
    if (kind_of(fd) != Kind::stream) {
        if (is_blocking(fd) && nothing_to_read(fd))
            call.falls_asleep(-1);
        return make(0);
    }
    const long result = make(MSG_DONTWAIT);
    if (result >= 0 || errno != EAGAIN || !is_blocking(fd))
        return result;
    return sleeps_on(call, SO_RCVTIMEO, POLLIN) ? make(0) : -1;
}

} // namespace lab
