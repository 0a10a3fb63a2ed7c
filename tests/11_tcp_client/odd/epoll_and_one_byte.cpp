// Odd: waits with epoll and a copy of the descriptor, and reads replies one byte at a time
#include "11_tcp_client/rest.h"

#include <sys/epoll.h>
#include <unistd.h>

namespace kata {

short wait_for(int fd, short events, Clock::time_point deadline)
{
    const UniqueFd copy{::dup(fd)};
    if (!copy)
        fail("dup");
    const UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    epoll_event event{};
    event.events = static_cast<unsigned>(events); // POLLIN and EPOLLIN are the same number
    if (!epoll || ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, copy.get(), &event) < 0)
        fail("epoll");
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        const int n = left > 0 ? ::epoll_wait(epoll.get(), &event, 1, static_cast<int>(left)) : 0;
        if (n >= 0)
            return n > 0 ? static_cast<short>(event.events) : short{0};
        if (errno != EINTR)
            fail("epoll_wait");
    }
}

std::string read_line(int fd, std::string& received)
{
    std::size_t newline = received.find('\n');
    while (newline == std::string::npos) {
        char byte = 0;
        const ssize_t n = ::read(fd, &byte, 1);
        if (n == 0)
            throw std::runtime_error{"the server has left"};
        if (n < 0 && errno != EINTR)
            fail("read");
        if (n > 0)
            received += byte;
        if (byte == '\n')
            newline = received.size() - 1;
    }
    std::string line = received.substr(0, newline);
    received.erase(0, newline + 1);
    return line;
}

} // namespace kata
