// Mistake: sleeps in ppoll() with an empty mask: what the caller has blocked comes in
// Caught by: Robust.LetsNoBlockedSignalIn
// Says: killed by SIGTERM
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

using std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

timespec left_until(Deadline deadline)
{
    using namespace std::chrono_literals;
    const Deadline now = steady_clock::now();
    if (deadline <= now)
        return {};
    return {(deadline - now) / 1s, (deadline - now) % 1s / 1ns};
}

void sleep_until_input(int fd, Deadline deadline)
{
    pollfd input{fd, POLLIN, 0};
    sigset_t none{};
    sigemptyset(&none);
    const timespec left = left_until(deadline);
    if (::ppoll(&input, 1, &left, &none) < 0 && errno != EINTR)
        fail("ppoll");
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    while (n < out.size()) {
        const ssize_t got = ::recv(fd, out.data() + n, out.size() - n, MSG_DONTWAIT);
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
