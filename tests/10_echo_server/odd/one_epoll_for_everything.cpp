// Odd: keeps an epoll for its whole life, and waits for every event there
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <cerrno>
#include <cstdint>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

// Waits until `fd` is ready; it is in the set only while somebody waits for it.
void wait_for(int set, int fd, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    while (::epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) < 0) // no memory
        ::usleep(1000);
    while (::epoll_wait(set, &event, 1, -1) < 0 && errno == EINTR) {
    }
    while (::epoll_ctl(set, EPOLL_CTL_DEL, fd, nullptr) < 0)
        ::usleep(1000);
}

void serve(int set, int client)
{
    char buffer[4096];
    for (;;) {
        wait_for(set, client, EPOLLIN);
        const ssize_t n = ::recv(client, buffer, sizeof buffer, MSG_DONTWAIT);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0)
            return;
        for (ssize_t sent = 0; sent < n;) {
            wait_for(set, client, EPOLLOUT);
            const ssize_t took = ::send(client, buffer + sent, static_cast<std::size_t>(n - sent), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (took < 0 && errno != EINTR && errno != EAGAIN)
                return;
            sent += took > 0 ? took : 0;
        }
    }
}

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    const UniqueFd set{::epoll_create1(EPOLL_CLOEXEC)};
    if (!set)
        throw std::system_error{errno, std::generic_category(), "epoll_create1"};
    for (;;) {
        wait_for(set.get(), server.fd.get(), EPOLLIN);
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (client)
            serve(set.get(), client.get());
        else
            ::usleep(1000);
    }
}

} // namespace kata
