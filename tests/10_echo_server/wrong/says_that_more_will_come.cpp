// Mistake: takes a full buffer for the promise of more, and says MSG_MORE
// Caught by: Robust.KeepsNothingBack
// Says: your last send() said MSG_MORE
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"

#include <cerrno>
#include <cstddef>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

void serve(int client)
{
    std::byte buffer[16384];
    for (;;) {
        const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        const int more = static_cast<std::size_t>(n) == sizeof buffer ? MSG_MORE : 0;
        for (ssize_t sent = 0; sent < n;) {
            const ssize_t took = ::send(client, buffer + sent, static_cast<std::size_t>(n - sent), MSG_NOSIGNAL | more);
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
        try {
            serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
