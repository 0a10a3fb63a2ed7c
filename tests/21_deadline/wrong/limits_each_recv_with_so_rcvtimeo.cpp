// Mistake: SO_RCVTIMEO, set once: it is for one call of recv(), not for all of them
// Caught by: Hostile.ADribbleBuysNoTime
// Says: a second has passed, with a byte every 50 ms
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
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
    TimeLimit(int fd, Clock::duration left) : fd_{fd}
    {
        socklen_t size = sizeof old_;
        if (::getsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &old_, &size) < 0)
            fail("getsockopt");
        set(left);
    }
    TimeLimit(const TimeLimit&) = delete;
    TimeLimit& operator=(const TimeLimit&) = delete;
    ~TimeLimit()
    {
        const int saved = errno;
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &old_, sizeof old_);
        errno = saved;
    }
    void set(Clock::duration left) const
    {
        const long us = std::max<long>(std::chrono::ceil<std::chrono::microseconds>(left).count(), 1); // 0 means "for ever"
        const timeval limit{us / 1'000'000, us % 1'000'000};
        if (::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) < 0)
            fail("setsockopt");
    }

private:
    int fd_;
    timeval old_{};
};

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    const Deadline now = Clock::now();
    const TimeLimit limit{fd, deadline <= now ? Clock::duration{} : deadline - now};
    while (n < out.size()) {
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, 0);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno == EAGAIN)
            return {IoStatus::timeout, n};
        if (got < 0 && errno != EINTR)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
    return {IoStatus::ok, n};
}

} // namespace kata
