// Odd: waits with ppoll, in nanoseconds, and asks it before each piece of a line
#include "11_tcp_client/rest.h"

#include <algorithm>
#include <ctime>

namespace kata {

short wait_for(int fd, short events, Clock::time_point deadline)
{
    for (;;) {
        const std::chrono::nanoseconds left = deadline - Clock::now();
        if (left.count() <= 0)
            return 0;
        pollfd p{fd, events, 0};
        const timespec time{left.count() / 1'000'000'000, left.count() % 1'000'000'000};
        if (::ppoll(&p, 1, &time, nullptr) < 0 && errno != EINTR)
            fail("ppoll");
        if (p.revents != 0)
            return p.revents;
    }
}

void send_line(int fd, std::string_view line, std::string& received)
{
    for (short asked = POLLIN | POLLOUT; !line.empty();) {
        pollfd p{fd, asked, 0};
        if (::ppoll(&p, 1, nullptr, nullptr) < 0 && errno != EINTR)
            fail("ppoll");
        if ((p.revents & POLLIN) != 0 && !receive_more(fd, received))
            asked = POLLOUT;
        if ((p.revents & POLLOUT) == 0)
            continue;
        const ssize_t n = ::send(fd, line.data(), std::min<std::size_t>(line.size(), 1000), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            fail("send");
        line.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    }
}

} // namespace kata
