// Mistake: SO_RCVTIMEO with what is left, rounded down: less than a microsecond becomes {0, 0}, which means "for ever"
// Caught by: Robust.MayBeOverBetweenTwoLooks
// Says: stuck: asleep in recv(
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// The time limit of recv() on `fd`; its old one comes back.
class TimeLimit {
public:
    explicit TimeLimit(int fd) : fd_{fd}, flags_{::fcntl(fd, F_GETFL)}
    {
        if (flags_ < 0 || ((flags_ & O_NONBLOCK) != 0 && ::fcntl(fd_, F_SETFL, flags_ & ~O_NONBLOCK) < 0))
            fail("fcntl");
        socklen_t size = sizeof old_;
        if (::getsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &old_, &size) < 0) {
            const int error = errno;
            ::fcntl(fd_, F_SETFL, flags_);
            throw std::system_error{error, std::generic_category(), "getsockopt"};
        }
    }
    TimeLimit(const TimeLimit&) = delete;
    TimeLimit& operator=(const TimeLimit&) = delete;
    ~TimeLimit()
    {
        const int saved = errno;
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &old_, sizeof old_);
        ::fcntl(fd_, F_SETFL, flags_);
        errno = saved;
    }
    void set(Clock::duration left) const
    {
        const long us = std::chrono::duration_cast<std::chrono::microseconds>(left).count();
        const timeval limit{us / 1'000'000, us % 1'000'000};
        if (::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) < 0)
            fail("setsockopt");
    }

private:
    int fd_, flags_;
    timeval old_{};
};

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    if (out.empty())
        return {IoStatus::ok, 0};
    const TimeLimit limit{fd};
    for (std::size_t n = 0;;) {
        const Deadline now = Clock::now();
        const bool late = deadline <= now;
        if (late && n > 0)
            return {IoStatus::timeout, n};
        if (!late)
            limit.set(deadline - now);
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, late ? MSG_DONTWAIT : 0);
        if (got <= 0 && (got == 0 || errno == ECONNRESET))
            return {got == 0 ? IoStatus::eof : IoStatus::reset, n};
        if (got < 0 && late && errno == EAGAIN)
            return {IoStatus::timeout, n};
        if (got < 0 && errno != EAGAIN && errno != EINTR)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n == out.size())
            return {IoStatus::ok, n};
    }
}

} // namespace kata
