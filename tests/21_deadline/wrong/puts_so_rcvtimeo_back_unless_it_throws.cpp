// Mistake: puts SO_RCVTIMEO back, but not when it throws
// Caught by: Robust.TellsAnErrorFromATimeout
// Says: left SO_RCVTIMEO of descriptor 3
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
    IoResult put_back(IoStatus status, std::size_t n) const
    {
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &old_, sizeof old_);
        ::fcntl(fd_, F_SETFL, flags_);
        return {status, n};
    }
    void set(Clock::duration left) const
    {
        const long us = std::max<long>(std::chrono::ceil<std::chrono::microseconds>(left).count(), 1); // 0 means "for ever"
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
            return limit.put_back(IoStatus::timeout, n);
        if (!late)
            limit.set(deadline - now);
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, late ? MSG_DONTWAIT : 0);
        if (got <= 0 && (got == 0 || errno == ECONNRESET))
            return limit.put_back(got == 0 ? IoStatus::eof : IoStatus::reset, n);
        if (got < 0 && late && errno == EAGAIN)
            return limit.put_back(IoStatus::timeout, n);
        if (got < 0 && errno != EAGAIN && errno != EINTR)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n == out.size())
            return limit.put_back(IoStatus::ok, n);
    }
}

} // namespace kata
