// Mistake: takes the wildcard for any IPv6 address
// Caught by: Robust.IsReachedAtItsAddressOnly
// Says: eve is refused
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "07_send/send.h"

#include <cerrno>
#include <span>
#include <sys/socket.h>
#include <system_error>

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
    Endpoint at = where;
    if (at.family() == AF_INET6)
        reinterpret_cast<sockaddr_in6&>(at.storage).sin6_addr = in6addr_any;
    const Bound server = bind_tcp(at);
    listen_on(server.fd.get());
    for (;;) {
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        try {
            if (client)
                serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
