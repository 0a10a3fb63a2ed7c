// Odd: asks poll() before each call, on a non-blocking listener and client
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

void wait_for(int fd, short events)
{
    pollfd p{fd, events, 0};
    while (::poll(&p, 1, -1) < 0 && errno == EINTR) {
    }
}

void serve(int client)
{
    char buffer[4096];
    for (;;) {
        wait_for(client, POLLIN);
        const ssize_t got = ::recv(client, buffer, sizeof buffer, 0);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got <= 0)
            return;
        for (ssize_t sent = 0; sent < got;) {
            wait_for(client, POLLOUT);
            const ssize_t n = ::send(client, buffer + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
            if (n < 0 && errno != EINTR && errno != EAGAIN)
                return;
            sent += n > 0 ? n : 0;
        }
    }
}

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    ::fcntl(server.fd.get(), F_SETFL, O_NONBLOCK);
    for (;;) {
        wait_for(server.fd.get(), POLLIN);
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
        if (client)
            serve(client.get());
        else
            ::poll(nullptr, 0, 10); // whatever it was
    }
}

} // namespace kata
