// Mistake: keeps the port that it was given, and replaces the address by INADDR_ANY
// Caught by: Robust.IsReachedAtItsAddressOnly
// Says: eve is refused
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <cerrno>
#include <span>
#include <string>
#include <sys/socket.h>
#include <system_error>
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
        send_all(client, std::as_bytes(std::span{buffer, static_cast<std::size_t>(n)}));
    }
}

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(parse_endpoint("0.0.0.0:" + std::to_string(where.port())));
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
