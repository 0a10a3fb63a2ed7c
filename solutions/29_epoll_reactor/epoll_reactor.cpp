#include "29_epoll_reactor/epoll_reactor.h"

#include "01_socket/socket.h"

#include <array>
#include <cerrno>
#include <span>
#include <sys/socket.h>
#include <system_error>
#include <unordered_map>
#include <vector>

namespace kata {

namespace {

int checked(int result, const char* call)
{
    return result >= 0 ? result : throw std::system_error{errno, std::generic_category(), call};
}

} // namespace

struct Reactor::Machinery {
    struct Watched {
        std::uint32_t id; // a number comes again, an id does not
        Callback callback;
    };
    UniqueFd epoll{checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")};
    std::unordered_map<int, Watched> watched{};          // its nodes never move
    std::vector<decltype(watched)::node_type> removed{}; // the callback that runs may be one of them
    std::array<epoll_event, 64> batch{};
    std::size_t next = 0, end = 0; // who was not called yet
    std::uint32_t last_id = 0;

    void control(int operation, int fd, std::uint32_t events, std::uint32_t id) const
    {
        epoll_event event{events, {.u64 = std::uint64_t{id} << 32 | static_cast<std::uint32_t>(fd)}};
        checked(::epoll_ctl(epoll.get(), operation, fd, &event), "epoll_ctl");
    }
    void forget(int fd)
    {
        if (auto node = watched.extract(fd))
            removed.push_back(std::move(node));
    }
    void fetch(int limit_ms)
    {
        while (!removed.empty()) // they may remove others when they die
            decltype(removed){}.swap(removed);
        next = end = 0;
        const int n = ::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), limit_ms);
        end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
    }
    int call_those_who_are_left()
    {
        int called = 0;
        while (next < end) {
            const epoll_event event = batch[next++];
            const auto found = watched.find(static_cast<int>(event.data.u64 & UINT32_MAX));
            if (found == watched.end() || found->second.id != event.data.u64 >> 32)
                continue; // one who was called before has removed it
            ++called;
            found->second.callback(event.events);
        }
        return called;
    }
};

Reactor::Reactor() : m_{new Machinery} {}
Reactor::~Reactor() = default;

void Reactor::add(int fd, std::uint32_t events, Callback callback)
{
    m_->control(EPOLL_CTL_ADD, fd, events, ++m_->last_id);
    m_->forget(fd); // closed without remove(): for the kernel nobody watches it
    m_->watched.emplace(fd, Machinery::Watched{m_->last_id, std::move(callback)});
}

void Reactor::modify(int fd, std::uint32_t events)
{
    const auto found = m_->watched.find(fd);
    m_->control(EPOLL_CTL_MOD, fd, events, found == m_->watched.end() ? 0 : found->second.id);
}

void Reactor::remove(int fd) noexcept
{
    m_->forget(fd);
    ::epoll_ctl(m_->epoll.get(), EPOLL_CTL_DEL, fd, nullptr); // close(2) does not, where a copy is open (epoll(7))
}

int Reactor::run_once(int limit_ms)
{
    if (const int called = m_->call_those_who_are_left(); called > 0) // by an exception
        return called;
    m_->fetch(limit_ms);
    return m_->call_those_who_are_left();
}

// Level-triggered: the end of a stream is told until it is read, and what is left over waits in the kernel.
std::uint32_t echo_turn(int fd, std::uint32_t /*events*/, std::vector<std::byte>& rest)
{
    std::array<std::byte, 16384> buffer;
    std::span<const std::byte> bytes{rest};
    if (rest.empty()) {
        const ssize_t n = ::recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN)
            return EPOLLIN;
        if (n <= 0)
            return 0;
        bytes = std::span{buffer}.first(static_cast<std::size_t>(n));
    }
    const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN)
        return 0;
    bytes = bytes.subspan(n < 0 ? 0 : static_cast<std::size_t>(n));
    rest = std::vector(bytes.begin(), bytes.end()); // an empty one has no memory
    return rest.empty() ? EPOLLIN : EPOLLOUT;
}

} // namespace kata
