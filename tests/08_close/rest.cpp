// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "08_close/rest.h"

#include <algorithm>

namespace kata {

[[gnu::weak]] bool says_it_has_finished(int fd)
{
    if (::shutdown(fd, SHUT_WR) == 0)
        return true;
    if (errno != ENOTCONN)
        fail("shutdown");
    return false;
}

[[gnu::weak]] std::optional<CloseResult> read_once(int fd)
{
    char unwanted[16384];
    const ssize_t n = ::recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT);
    if (n == 0)
        return CloseResult::clean;
    if (n < 0 && errno == ECONNRESET)
        return CloseResult::peer_reset;
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    return std::nullopt;
}

[[gnu::weak]] void wait_for_more(int fd, Clock::time_point end)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd input{fd, POLLIN, 0};
    if (::poll(&input, 1, static_cast<int>(std::max<long>(left, 0))) < 0 && errno != EINTR)
        fail("poll");
}

[[gnu::weak]] CloseResult drain(int fd, Clock::time_point end)
{
    do {
        wait_for_more(fd, end);
        if (const auto result = read_once(fd))
            return *result;
    } while (Clock::now() < end);
    return CloseResult::timed_out;
}

[[gnu::weak]] CloseResult graceful_close(UniqueFd fd, int limit_ms)
{
    const auto end = Clock::now() + std::chrono::milliseconds{limit_ms};
    return says_it_has_finished(fd.get()) ? drain(fd.get(), end) : CloseResult::peer_reset;
}

} // namespace kata
