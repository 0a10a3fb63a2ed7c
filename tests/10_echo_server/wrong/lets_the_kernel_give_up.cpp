// Mistake: the kernel ends a client that does not read for an hour
// Caught by: Hostile.GivesAClientAllTheTimeThatItWants
// Says: TCP_USER_TIMEOUT
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "07_send/send.h"

#include <cerrno>
#include <netinet/tcp.h>
#include <poll.h>
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
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    for (;;) {
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client)
            ::poll(nullptr, 0, 10);       // whatever it was
        const unsigned limit = 3'600'000; // milliseconds
        ::setsockopt(client.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
        try {
            if (client)
                serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
