// Mistake: takes descriptor 0 for a socket that could not be made
// Caught by: Robust.TakesDescriptor0
// Says: std::system_error
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
    const Bound server = bind_tcp(where);
    if (server.fd.get() <= 0)
        throw std::system_error{errno, std::generic_category(), "socket"};
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
