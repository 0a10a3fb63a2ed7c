// Odd: an epoll descriptor of its own, edge-triggered and one-shot; poll() where it gets none
#include "07_send/send.h"

#include "01_socket/socket.h"

#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

class Epoll {
public:
    explicit Epoll(int fd) : fd_{fd}, epoll_{::epoll_create1(EPOLL_CLOEXEC)}
    {
        epoll_event room{};
        room.events = EPOLLOUT | EPOLLET | EPOLLONESHOT;
        if (epoll_ && ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &room) < 0)
            fail("epoll");
    }

    void wait() const
    {
        epoll_event event{};
        pollfd room{fd_, POLLOUT, 0};
        if ((epoll_ ? ::epoll_wait(epoll_.get(), &event, 1, -1) : ::poll(&room, 1, -1)) < 0 && errno != EINTR)
            fail("wait");
    }

private:
    int fd_;
    UniqueFd epoll_;
};

} // namespace

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(n));
        else if (errno == EAGAIN)
            Epoll{fd}.wait();
        else if (errno != EINTR)
            fail("send");
    }
}

} // namespace kata
