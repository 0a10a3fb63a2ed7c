// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "29_epoll_reactor/rest.h"

namespace kata {

[[gnu::weak]] UniqueFd epoll_of_its_own() { return UniqueFd{checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")}; }

[[gnu::weak]] void Reactor::Machinery::control(int operation, int fd, std::uint32_t events, std::uint32_t id) const
{
    epoll_event event{events, {.u64 = std::uint64_t{id} << 32 | static_cast<std::uint32_t>(fd)}};
    checked(::epoll_ctl(epoll.get(), operation, fd, &event), "epoll_ctl");
}

[[gnu::weak]] void Reactor::Machinery::forget(int fd)
{
    if (auto node = watched.extract(fd))
        removed.push_back(std::move(node));
}

[[gnu::weak]] void Reactor::Machinery::fetch(int limit_ms)
{
    while (!removed.empty())
        decltype(removed){}.swap(removed);
    next = end = 0;
    const int n = ::epoll_wait(epoll.get(), batch.data(), static_cast<int>(batch.size()), limit_ms);
    end = static_cast<std::size_t>(n < 0 && errno == EINTR ? 0 : checked(n, "epoll_wait"));
}

[[gnu::weak]] Reactor::Machinery::Watched* Reactor::Machinery::meant_by(const epoll_event& event)
{
    const auto found = watched.find(number_of(event));
    return found == watched.end() || found->second.id != event.data.u64 >> 32 ? nullptr : &found->second;
}

[[gnu::weak]] void Reactor::Machinery::tells(Watched& who, std::uint32_t events) { who.callback(events); }

[[gnu::weak]] int Reactor::Machinery::call_those_who_are_left()
{
    int called = 0;
    while (next < end) {
        const epoll_event event = batch[next++];
        if (Watched* const who = meant_by(event)) {
            ++called;
            tells(*who, event.events);
        }
    }
    return called;
}

[[gnu::weak]] Reactor::Reactor() : m_{new Machinery} {}
[[gnu::weak]] Reactor::~Reactor() = default;

[[gnu::weak]] void Reactor::add(int fd, std::uint32_t events, Callback callback)
{
    m_->control(EPOLL_CTL_ADD, fd, events, ++m_->last_id);
    m_->forget(fd);
    m_->watched.emplace(fd, Machinery::Watched{m_->last_id, events, std::move(callback)});
}

[[gnu::weak]] void Reactor::modify(int fd, std::uint32_t events)
{
    const auto found = m_->watched.find(fd);
    m_->control(EPOLL_CTL_MOD, fd, events, found == m_->watched.end() ? 0 : found->second.id);
    found->second.asked = events;
}

[[gnu::weak]] void Reactor::remove(int fd) noexcept
{
    m_->forget(fd);
    ::epoll_ctl(m_->epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
}

[[gnu::weak]] int Reactor::run_once(int limit_ms)
{
    int called = m_->call_those_who_are_left();
    if (called == 0) {
        m_->fetch(limit_ms);
        called = m_->call_those_who_are_left();
    }
    return called;
}

[[gnu::weak]] ssize_t reads(int fd, std::span<std::byte> room) { return ::recv(fd, room.data(), room.size(), MSG_DONTWAIT); }

[[gnu::weak]] ssize_t sends(int fd, std::span<const std::byte> bytes)
{
    return ::send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

[[gnu::weak]] bool is_over(ssize_t n) { return n == 0 || (n < 0 && errno != EAGAIN); }

[[gnu::weak]] std::uint32_t answers(int fd, std::span<const std::byte> bytes, Bytes& rest)
{
    const ssize_t n = sends(fd, bytes);
    if (n < 0 && errno != EAGAIN)
        return 0;
    const auto left = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    rest = Bytes(left.begin(), left.end());
    return rest.empty() ? static_cast<std::uint32_t>(EPOLLIN) : static_cast<std::uint32_t>(EPOLLOUT);
}

[[gnu::weak]] std::uint32_t reads_and_answers(int fd, Bytes& rest)
{
    std::array<std::byte, 16384> room;
    const ssize_t n = reads(fd, room);
    if (is_over(n))
        return 0;
    return n < 0 ? static_cast<std::uint32_t>(EPOLLIN) : answers(fd, std::span{room}.first(static_cast<std::size_t>(n)), rest);
}

[[gnu::weak]] std::uint32_t echo_turn(int fd, std::uint32_t /*events*/, std::vector<std::byte>& rest)
{
    return rest.empty() ? reads_and_answers(fd, rest) : answers(fd, rest, rest);
}

} // namespace kata
