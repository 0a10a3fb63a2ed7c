// Odd: the timer is a timerfd beside the socket in an epoll
#include "18_stop_and_wait/stop_and_wait.h"

#include <algorithm>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

[[noreturn]] void fail(int error, const char* what) { throw std::system_error{error, std::generic_category(), what}; }

class Timer {
public:
    Timer() : fd_{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)} {}
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    ~Timer() { ::close(fd_); }

    int fd() const { return fd_; }
    void starts(int ms)
    {
        const itimerspec once{{0, 0}, {ms / 1000, ms % 1000 * 1'000'000L}};
        ::timerfd_settime(fd_, 0, &once, nullptr);
    }
    bool is_over() const
    {
        itimerspec left{};
        ::timerfd_gettime(fd_, &left);
        return left.it_value.tv_sec == 0 && left.it_value.tv_nsec == 0;
    }

private:
    int fd_;
};

class Both {
public:
    Both(int socket, std::size_t block) : socket_{socket}, epoll_{::epoll_create1(EPOLL_CLOEXEC)}, room_(block + rdt_header + 1)
    {
        for (const int fd : {socket, timer.fd()}) {
            epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
        }
    }
    Both(const Both&) = delete;
    Both& operator=(const Both&) = delete;
    ~Both() { ::close(epoll_); }

    RdtPacket next()
    {
        epoll_event event{};
        if (::epoll_wait(epoll_, &event, 1, -1) < 0 && errno != EINTR)
            fail(errno, "epoll_wait");
        if (timer.is_over())
            return {};
        const ssize_t n = ::recvfrom(socket_, room_.data(), room_.size(), MSG_DONTWAIT, nullptr, nullptr);
        if (n < 0 && errno != EINTR && errno != EAGAIN && errno != ECONNREFUSED)
            fail(errno, "recvfrom");
        return n < 0 ? RdtPacket{} : rdt_unpack({room_.data(), static_cast<std::size_t>(n)});
    }

    Timer timer;

private:
    int socket_, epoll_;
    std::vector<std::byte> room_;
};

void give(int fd, const RdtPacket& packet)
{
    const auto datagram = rdt_pack(packet);
    if (::write(fd, datagram.data(), datagram.size()) < 0 && errno != ECONNREFUSED && errno != EINTR) // else it is lost
        fail(errno, "write");
}

bool is_delivered(int fd, Both& both, const RdtPacket& block, int ms)
{
    give(fd, block);
    both.timer.starts(ms);
    while (!both.timer.is_over())
        if (const RdtPacket answer = both.next();
            answer.kind == 'A' && answer.payload.empty() && answer.sequence == block.sequence)
            return true;
    return false;
}

} // namespace

void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options)
{
    Both both{fd, options.block};
    for (unsigned i = 0;; ++i) {
        const auto payload = bytes.first(std::min(bytes.size(), options.block));
        int tries = options.tries;
        while (!is_delivered(fd, both, {'D', "01"[i % 2], payload}, options.retransmit_ms))
            if (--tries == 0)
                fail(ETIMEDOUT, "rdt_send");
        if (payload.size() < options.block)
            return;
        bytes = bytes.subspan(payload.size());
    }
}

std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options)
{
    if (int type = 0; true) {
        socklen_t size = sizeof type;
        if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) < 0)
            fail(errno, "getsockopt");
    }
    Both both{fd, options.block};
    std::vector<std::byte> bytes, newest;
    unsigned blocks = 0;
    bool complete = false;
    for (both.timer.starts(options.patience_ms); !both.timer.is_over();) {
        const RdtPacket block = both.next();
        if (block.kind != 'D' || block.payload.size() > options.block) // one that is longer has room for a byte more
            continue;
        const bool is_new = !complete && block.sequence == "01"[blocks % 2];
        if (!is_new && rdt_pack(block) != newest) // no copy
            continue;
        give(fd, {'A', block.sequence, {}}); // the answer first: it is not believed before this function keeps what it has
        if (!is_new)
            continue;
        ++blocks;
        newest = rdt_pack(block);
        bytes.insert(bytes.end(), block.payload.begin(), block.payload.end());
        complete = block.payload.size() < options.block;
        both.timer.starts(complete ? options.linger_ms : options.patience_ms);
    }
    if (!complete)
        fail(ETIMEDOUT, "rdt_recv");
    return bytes;
}

} // namespace kata
