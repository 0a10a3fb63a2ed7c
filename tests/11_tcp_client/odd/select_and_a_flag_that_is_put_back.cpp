// Odd: waits with select, sets O_NONBLOCK for a while, reads until nothing is left, and only then sends
#include "11_tcp_client/rest.h"

#include <cstdint>
#include <fcntl.h>
#include <sys/select.h>
#include <unistd.h>

namespace kata {

namespace {

class NonBlocking {
public:
    explicit NonBlocking(int fd) : fd_{fd}, flags_{::fcntl(fd, F_GETFL)}
    {
        if (flags_ < 0)
            fail("fcntl");
        ::fcntl(fd_, F_SETFL, flags_ | O_NONBLOCK);
    }
    ~NonBlocking() { ::fcntl(fd_, F_SETFL, flags_); }
    NonBlocking(const NonBlocking&) = delete;
    NonBlocking& operator=(const NonBlocking&) = delete;

private:
    int fd_, flags_;
};

// False when the answer has ended.
bool read_what_is_there(Exchange& x)
{
    std::byte piece[3000];
    const ssize_t n = ::read(x.fd, piece, sizeof piece);
    if (n == 0 || (n < 0 && errno == ECONNRESET))
        x.answer.end = n < 0 || x.reset ? End::reset : End::finished;
    else if (n < 0 && errno != EAGAIN && errno != EINTR)
        fail("read");
    else
        x.answer.bytes.insert(x.answer.bytes.end(), piece, piece + (n > 0 ? n : 0));
    return x.answer.end == End::timed_out;
}

} // namespace

short wait_for(int fd, short events, Clock::time_point deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::microseconds>(deadline - Clock::now()).count();
        if (left <= 0)
            return 0;
        fd_set in, out;
        FD_ZERO(&in);
        FD_ZERO(&out);
        FD_SET(fd, &in);
        if ((events & POLLOUT) != 0)
            FD_SET(fd, &out);
        timeval time{left / 1'000'000, left % 1'000'000};
        const int n = ::select(fd + 1, &in, &out, nullptr, &time);
        if (n > 0)
            return static_cast<short>((FD_ISSET(fd, &in) ? POLLIN : 0) | (FD_ISSET(fd, &out) ? POLLOUT : 0));
        if (n < 0 && errno != EINTR)
            fail("select");
    }
}

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    const NonBlocking guard{fd};
    Exchange x{fd, request};
    while (const short ready = wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline)) {
        for (std::size_t before = SIZE_MAX;
             (ready & POLLIN) != 0 && before != x.answer.bytes.size() && Clock::now() < deadline;) {
            before = x.answer.bytes.size();
            if (!read_what_is_there(x))
                return x.answer;
        }
        if ((ready & POLLOUT) != 0)
            send_some(x);
    }
    return x.answer;
}

} // namespace kata
