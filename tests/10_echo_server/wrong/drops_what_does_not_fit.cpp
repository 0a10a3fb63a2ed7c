// Mistake: takes EAGAIN for "sent": what does not fit into the buffers is lost
// Caught by: Robust.WaitsForAClientThatReadsLate
// Says: bytes came back, up to the end
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"

#include <cerrno>
#include <sys/socket.h>
#include <utility>

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
            const ssize_t took = ::send(client, buffer + sent, static_cast<std::size_t>(n - sent), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (took < 0 && errno == EAGAIN)
                break;
            if (took < 0 && errno != EINTR)
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
        const UniqueFd client = std::move(accept_one(server.fd.get()).value().fd);
        serve(client.get());
    }
}

} // namespace kata
