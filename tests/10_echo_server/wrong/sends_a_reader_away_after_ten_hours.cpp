// Mistake: sends that take ten hours end the client
// Caught by: Hostile.GivesAClientAllTheTimeThatItWants
// Says: bytes came back
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace kata {

namespace {

void serve(int client)
{
    char buffer[4096];
    for (;;) {
        const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        for (ssize_t sent = 0; sent < n;) {
            const ssize_t took = ::send(client, buffer + sent, static_cast<std::size_t>(n - sent), MSG_NOSIGNAL);
            if (took < 0 && errno != EINTR)
                return; // EAGAIN, too: its time is over
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
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client)
            ::poll(nullptr, 0, 10); // whatever it was
        const timeval limit{.tv_sec = 36'000, .tv_usec = 0};
        ::setsockopt(client.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        if (client)
            serve(client.get());
    }
}

} // namespace kata
