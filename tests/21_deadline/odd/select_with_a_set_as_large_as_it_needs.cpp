// Odd: select, with a set of its own size; reads with readv, one byte and the rest
#include "21_deadline/deadline.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <system_error>
#include <vector>

namespace kata {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// Until `fd` can be read, or that moment.
int sleep_until_input(int fd, Deadline deadline)
{
    const Deadline now = Clock::now();
    const long us = deadline <= now ? 0 : std::chrono::ceil<std::chrono::microseconds>(deadline - now).count();
    timeval limit{us / 1'000'000, us % 1'000'000};
    std::vector<fd_mask> input(static_cast<std::size_t>(fd) / NFDBITS + 1);
    input[static_cast<std::size_t>(fd) / NFDBITS] = fd_mask{1} << (fd % NFDBITS);
    return ::select(fd + 1, reinterpret_cast<fd_set*>(input.data()), nullptr, nullptr, &limit);
}

ssize_t take(int fd, std::span<std::byte> room)
{
    iovec pieces[] = {{room.data(), 1}, {room.data() + 1, room.size() - 1}};
    msghdr message{};
    message.msg_iov = pieces;
    message.msg_iovlen = 2;
    return ::recvmsg(fd, &message, MSG_DONTWAIT);
}

} // namespace

IoResult recv_exactly_until(int fd, std::span<std::byte> out, Deadline deadline)
{
    std::size_t n = 0;
    while (n < out.size()) {
        const ssize_t got = take(fd, out.subspan(n));
        if (got == 0)
            return {IoStatus::eof, n};
        if (got < 0 && errno == ECONNRESET)
            return {IoStatus::reset, n};
        if (got < 0 && errno != EAGAIN)
            fail("recv");
        n += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (n < out.size() && Clock::now() >= deadline)
            return {IoStatus::timeout, n};
        if (got < 0 && sleep_until_input(fd, deadline) < 0 && errno != EINTR)
            fail("select");
    }
    return {IoStatus::ok, n};
}

} // namespace kata
