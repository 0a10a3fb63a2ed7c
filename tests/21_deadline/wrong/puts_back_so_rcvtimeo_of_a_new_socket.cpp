// Mistake: takes SO_RCVTIMEO off at the end, whatever the owner had set
// Caught by: Robust.LeavesWhatItsOwnerHasSet
// Says: SO_RCVTIMEO of the owner, in milliseconds
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

using std::chrono::milliseconds;
using std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

int milliseconds_until(Deadline deadline)
{
    const Deadline now = steady_clock::now();
    if (deadline <= now)
        return 0;
    return static_cast<int>(std::min<milliseconds::rep>(std::chrono::ceil<milliseconds>(deadline - now).count(), INT_MAX));
}

void sleep_until_input(int fd, Deadline deadline)
{
    pollfd input{fd, POLLIN, 0};
    if (::poll(&input, 1, milliseconds_until(deadline)) < 0 && errno != EINTR)
        fail("poll");
}

struct Guard {
    int fd;
    explicit Guard(int f) : fd{f} {}
    ~Guard() { set({0, 0}); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    void set(timeval v) const
    {
        const int e = errno;
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &v, sizeof v);
        errno = e;
    }
};
} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    if (out.empty())
        return {IoStatus::ok, 0};
    const Guard guard{fd};
    std::size_t n = 0;
    while (n < out.size()) {
        guard.set({0, 1});
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, 0);
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN && errno != EINTR)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && steady_clock::now() >= deadline)
            return {IoStatus::timeout, n};
        if (got < 0)
            sleep_until_input(fd, deadline);
    }
    return {IoStatus::ok, n};
}

} // namespace kata
