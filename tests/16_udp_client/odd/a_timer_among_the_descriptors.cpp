// Odd: waits in epoll for the socket and for a timer of its own
#include "16_udp_client/udp_client.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <system_error>

namespace kata {

namespace {

constexpr std::size_t id_size = 4;

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

std::vector<std::byte> with_id(std::uint32_t id, std::span<const std::byte> question)
{
    std::vector<std::byte> request(id_size + question.size());
    std::memcpy(request.data(), &id, id_size);
    std::copy(question.begin(), question.end(), request.begin() + id_size);
    return request;
}

void send_request(int fd, std::span<const std::byte> request)
{
    while (::send(fd, request.data(), request.size(), 0) < 0)
        if (errno != EINTR)
            fail("send");
}

UniqueFd watch(int socket, int timer)
{
    UniqueFd epoll{::epoll_create1(EPOLL_CLOEXEC)};
    if (epoll.get() < 0)
        fail("epoll_create1");
    for (const int fd : {socket, timer}) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        if (::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) < 0)
            fail("epoll_ctl");
    }
    return epoll;
}

void start(int timer, int ms)
{
    itimerspec time{};
    time.it_value = {ms / 1000, ms % 1000 * 1'000'000L};
    if (::timerfd_settime(timer, 0, &time, nullptr) < 0)
        fail("timerfd_settime");
}

// False when the timer has fired.
bool wait_for_datagram(int epoll, int timer)
{
    for (;;) {
        epoll_event events[2];
        const int n = ::epoll_wait(epoll, events, 2, -1);
        if (n < 0 && errno != EINTR)
            fail("epoll_wait");
        if (n > 0)
            return std::none_of(events, events + n, [timer](const epoll_event& e) { return e.data.fd == timer; });
    }
}

bool answers(std::span<const std::byte> datagram, std::span<const std::byte> request)
{
    return datagram.size() >= id_size && std::memcmp(datagram.data(), request.data(), id_size) == 0;
}

} // namespace

UdpClient::UdpClient(const Endpoint& server) : socket_{open_socket(server.family(), SOCK_DGRAM)}
{
    if (::connect(socket_.get(), server.address(), server.size) < 0)
        fail("connect");
}

std::optional<std::vector<std::byte>> UdpClient::ask(std::span<const std::byte> question, int per_try_ms, int tries)
{
    const std::vector<std::byte> request = with_id(++last_id_, question);
    std::vector<std::byte> room(65536);
    const UniqueFd timer{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)};
    if (timer.get() < 0)
        fail("timerfd_create");
    const UniqueFd epoll = watch(socket_.get(), timer.get());
    for (int i = 0; i < tries; ++i) {
        send_request(socket_.get(), request);
        start(timer.get(), per_try_ms);
        while (wait_for_datagram(epoll.get(), timer.get())) {
            const ssize_t n = ::recv(socket_.get(), room.data(), room.size(), MSG_DONTWAIT);
            if (n < 0 && errno != EINTR && errno != EAGAIN)
                fail("recv");
            const auto datagram = std::span{room}.first(n < 0 ? 0 : static_cast<std::size_t>(n));
            if (answers(datagram, request))
                return std::vector<std::byte>{datagram.begin() + id_size, datagram.end()};
        }
    }
    return std::nullopt;
}

} // namespace kata
