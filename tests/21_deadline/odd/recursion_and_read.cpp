// Odd: read() and recursion, on a socket that is non-blocking for so long; epoll_pwait2 to the nanosecond
#include "21_deadline/deadline.h"

#include "01_socket/socket.h"
#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

class NonBlocking {
public:
    explicit NonBlocking(int fd) : fd_{fd}, flags_{::fcntl(fd, F_GETFL)}
    {
        if (flags_ < 0 || ::fcntl(fd_, F_SETFL, flags_ | O_NONBLOCK) < 0)
            fail("fcntl");
    }
    NonBlocking(const NonBlocking&) = delete;
    NonBlocking& operator=(const NonBlocking&) = delete;
    ~NonBlocking()
    {
        const int saved = errno;
        ::fcntl(fd_, F_SETFL, flags_);
        errno = saved;
    }

private:
    int fd_, flags_;
};

void sleep_until_input(int fd, Deadline deadline)
{
    const UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    epoll_event event{};
    event.events = EPOLLIN;
    if (!epoll || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) < 0)
        fail("epoll");
    const Deadline now = Clock::now();
    const auto left = deadline <= now ? Clock::duration{} : deadline - now;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
    const timespec limit{seconds.count(), (left - seconds).count()};
    if (::epoll_pwait2(epoll.get(), &event, 1, &limit, nullptr) < 0 && errno != EINTR)
        fail("epoll_pwait2");
}

IoResult fill(int fd, std::span<std::byte> rest, Deadline deadline, std::size_t n)
{
    if (rest.empty())
        return {IoStatus::ok, n};
    const ssize_t got = ::read(fd, rest.data(), rest.size());
    if (got <= 0 && (got == 0 || errno == ECONNRESET))
        return {got == 0 ? IoStatus::eof : IoStatus::reset, n};
    if (got < 0 && errno != EAGAIN)
        fail("read");
    const auto taken = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    if (taken < rest.size() && Clock::now() >= deadline)
        return {IoStatus::timeout, n + taken};
    if (got < 0)
        sleep_until_input(fd, deadline);
    return fill(fd, rest.subspan(taken), deadline, n + taken);
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    if (out.empty())
        return {IoStatus::ok, 0};
    const NonBlocking mode{fd};
    return fill(fd, out, deadline, 0);
}

} // namespace kata
