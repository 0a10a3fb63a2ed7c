// Odd: knows each registration by an id of 64 bits, and shares its callback with the turn that calls it
#include "01_socket/socket.h"
#include "29_epoll_reactor/epoll_reactor.h"

#include <cerrno>
#include <iterator>
#include <map>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

int checked(int result, const char* call)
{
    return result >= 0 ? result : throw std::system_error{errno, std::generic_category(), call};
}

} // namespace

struct Reactor::Machinery {
    UniqueFd epoll{checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")};
    std::map<int, std::uint64_t> ids{};
    std::map<std::uint64_t, std::shared_ptr<const Callback>> callbacks{};
    std::vector<epoll_event> due{}; // the first one last
    std::uint64_t last_id = 0;

    std::uint64_t id_of(int fd) const { return ids.contains(fd) ? ids.at(fd) : 0; }
    void control(int operation, int fd, std::uint32_t events, std::uint64_t id) const
    {
        epoll_event event{events, {.u64 = id}};
        checked(::epoll_ctl(epoll.get(), operation, fd, &event), "epoll_ctl");
    }
    void forget(int fd)
    {
        callbacks.erase(id_of(fd));
        ids.erase(fd);
    }
    int call_all()
    {
        int called = 0;
        while (!due.empty()) {
            const epoll_event event = due.back();
            due.pop_back();
            const std::uint64_t id = event.data.u64; // a copy: epoll_event is packed, and a reference would be misaligned
            if (const auto found = callbacks.find(id); found != callbacks.end()) {
                const auto shared = found->second;
                ++called;
                (*shared)(event.events);
            }
        }
        return called;
    }
};

Reactor::Reactor() : m_{std::make_unique<Machinery>()} {}
Reactor::~Reactor() = default;

void Reactor::add(int fd, std::uint32_t events, Callback callback)
{
    m_->control(EPOLL_CTL_ADD, fd, events, ++m_->last_id);
    m_->forget(fd);
    m_->ids[fd] = m_->last_id;
    m_->callbacks[m_->last_id] = std::make_shared<const Callback>(std::move(callback));
}

void Reactor::modify(int fd, std::uint32_t events) { m_->control(EPOLL_CTL_MOD, fd, events, m_->id_of(fd)); }

void Reactor::remove(int fd) noexcept
{
    epoll_event ignored{};
    ::epoll_ctl(m_->epoll.get(), EPOLL_CTL_DEL, fd, &ignored);
    m_->forget(fd);
}

int Reactor::run_once(int limit_ms)
{
    if (const int called = m_->call_all(); called > 0)
        return called;
    epoll_event events[64];
    const int n = ::epoll_wait(m_->epoll.get(), events, 64, limit_ms);
    if (n > 0)
        m_->due.assign(std::reverse_iterator{events + n}, std::reverse_iterator{events});
    else if (n < 0 && errno != EINTR)
        checked(n, "epoll_wait");
    return m_->call_all();
}

std::uint32_t echo_turn(int fd, std::uint32_t /*events*/, std::vector<std::byte>& rest)
{
    const std::size_t before = rest.size();
    if (before == 0) {
        rest.resize(16384);
        const ssize_t n = ::recv(fd, rest.data(), rest.size(), MSG_DONTWAIT);
        const bool again = n < 0 && errno == EAGAIN;
        rest.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
        if (n <= 0)
            return again ? EPOLLIN + 0u : 0;
    }
    const ssize_t n = ::send(fd, rest.data(), rest.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN)
        return 0;
    rest.erase(rest.begin(), rest.begin() + (n < 0 ? 0 : n));
    return rest.empty() ? EPOLLIN : EPOLLOUT;
}

} // namespace kata
