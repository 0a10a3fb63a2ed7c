// Odd: wakes up once a minute in each wait, looks at nothing, and waits again
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace kata {

namespace {

void wait_for(int fd, short events)
{
    pollfd p{fd, events, 0};
    while (::poll(&p, 1, 60'000) <= 0) {
    }
}

void serve(int client)
{
    char buffer[4096];
    for (;;) {
        wait_for(client, POLLIN);
        const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        for (ssize_t sent = 0; sent < n;) {
            wait_for(client, POLLOUT);
            const ssize_t took = ::send(client, buffer + sent, static_cast<std::size_t>(n - sent), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (took < 0 && errno != EAGAIN && errno != EINTR)
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
    for (;;) {
        wait_for(server.fd.get(), POLLIN);
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client) {
            ::poll(nullptr, 0, 100);
            continue;
        }
        const int on = 1;
        ::setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        serve(client.get());
    }
}

} // namespace kata
