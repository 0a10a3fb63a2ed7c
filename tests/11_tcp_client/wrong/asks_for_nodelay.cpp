// Mistake: switches Nagle's algorithm off first, for the time being: a Unix socket has none, and that is an error
// Caught by: Robust.ServesAnyStreamSocket
// Says: EOPNOTSUPP
#include "11_tcp_client/rest.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

namespace {

class NoDelay {
public:
    explicit NoDelay(int fd) : fd_{fd}
    {
        socklen_t size = sizeof before_;
        const int on = 1;
        if (::getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &before_, &size) < 0 ||
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0)
            fail("TCP_NODELAY");
    }
    NoDelay(const NoDelay&) = delete;
    NoDelay& operator=(const NoDelay&) = delete;
    ~NoDelay() { ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &before_, sizeof before_); }

private:
    int fd_, before_ = 0;
};

} // namespace

Answer exchange(int fd, std::span<const std::byte> request, int limit_ms)
{
    const auto deadline = deadline_of(limit_ms);
    const NoDelay quick{fd};
    Exchange x{fd, request};
    while (wait_for(fd, x.sending ? POLLIN | POLLOUT : POLLIN, deadline) != 0) {
        if (x.sending)
            send_some(x);
        if (!receive_some(x))
            break;
    }
    return x.answer;
}

} // namespace kata
