// Mistake: SIGALRM ends recv(): the timer and the handler are those of the whole process
// Caught by: Works.FillsTheSpanAndTakesNoMore
// Says: SIGALRM
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

extern "C" void on_alarm(int) {}

// SIGALRM at that moment, for the whole process.
class Alarm {
public:
    Alarm(int fd, Clock::duration left) : fd_{fd}, flags_{::fcntl(fd, F_GETFL)}
    {
        ::fcntl(fd_, F_SETFL, flags_ & ~O_NONBLOCK);
        struct sigaction action {};
        action.sa_handler = on_alarm; // no SA_RESTART: recv() ends with EINTR
        ::sigaction(SIGALRM, &action, nullptr);
        const long us = std::max<long>(std::chrono::ceil<std::chrono::microseconds>(left).count(), 1);
        const itimerval timer{{0, 1000}, {us / 1'000'000, us % 1'000'000}};
        ::setitimer(ITIMER_REAL, &timer, nullptr);
    }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;
    ~Alarm()
    {
        const itimerval off{};
        ::setitimer(ITIMER_REAL, &off, nullptr);
        ::fcntl(fd_, F_SETFL, flags_);
    }

private:
    int fd_, flags_;
};

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    const Deadline now = Clock::now();
    const Alarm alarm{fd, deadline <= now ? Clock::duration{} : deadline - now};
    while (n < out.size()) {
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, 0);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && Clock::now() >= deadline)
            return {IoStatus::timeout, n};
    }
    return {IoStatus::ok, n};
}

} // namespace kata
