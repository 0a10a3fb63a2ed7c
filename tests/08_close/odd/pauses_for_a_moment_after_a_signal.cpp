// Odd: gives way for a microsecond after a signal; waits for the exact rest with ppoll()
#include "08_close/close.h"

#include <cerrno>
#include <ctime>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

constexpr long long second = 1'000'000'000;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

long long now_ns()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * second + now.tv_nsec;
}

void give_way()
{
    constexpr timespec moment{0, 1000};
    ::nanosleep(&moment, nullptr);
}

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const long long end = now_ns() + limit_ms * 1'000'000LL;
    if (::shutdown(fd.get(), SHUT_WR) < 0) {
        if (errno == ENOTCONN)
            return CloseResult::peer_reset;
        fail("shutdown");
    }
    for (;;) {
        char unwanted[2048];
        const ssize_t n = ::recv(fd.get(), unwanted, sizeof unwanted, MSG_DONTWAIT);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
        const long long left = end - now_ns();
        if (left <= 0)
            return CloseResult::timed_out;
        const timespec rest{left / second, left % second};
        pollfd input{fd.get(), POLLIN, 0};
        if (::ppoll(&input, 1, &rest, nullptr) < 0) {
            if (errno != EINTR)
                fail("ppoll");
            give_way();
        }
    }
}

} // namespace kata
