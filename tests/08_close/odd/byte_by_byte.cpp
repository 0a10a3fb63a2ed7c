// Odd: reads first and waits after; finds the old reset with getpeername instead of shutdown; closes by hand
#include "08_close/close.h"

#include <cerrno>
#include <ctime>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

long now_ms()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

CloseResult drain(int fd, long end_ms)
{
    char byte = 0;
    for (;;) {
        const ssize_t n = ::recv(fd, &byte, 1, MSG_DONTWAIT);
        if (n == 0)
            return CloseResult::clean;
        if (n < 0 && errno == ECONNRESET)
            return CloseResult::peer_reset;
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("recv");
        const long left = end_ms - now_ms();
        if (left <= 0)
            return CloseResult::timed_out;
        if (n > 0)
            continue;
        pollfd input{fd, POLLIN, 0};
        if (::poll(&input, 1, static_cast<int>(left)) < 0 && errno != EINTR)
            fail("poll");
    }
}

} // namespace

CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const bool gone = ::getpeername(fd.get(), reinterpret_cast<sockaddr*>(&peer), &size) < 0;
    if (gone && errno != ENOTCONN)
        fail("getpeername");
    if (::shutdown(fd.get(), SHUT_WR) < 0 && errno != ENOTCONN)
        fail("shutdown");
    const CloseResult result = gone ? CloseResult::peer_reset : drain(fd.get(), now_ms() + limit_ms);
    fd.reset();
    return result;
}

} // namespace kata
