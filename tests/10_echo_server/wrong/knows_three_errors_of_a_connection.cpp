// Mistake: knows three of the errors that accept tells of one connection, and ends the server with any other
// Caught by: Robust.AcceptsAgainAfterADeadConnection
// Says: threw std::system_error
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "07_send/send.h"

#include <cerrno>
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

bool is_over(int error) { return error == ECONNABORTED || error == EPROTO || error == EHOSTUNREACH; }

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    for (;;) {
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client && is_shortage(errno))
            ::poll(nullptr, 0, 20);
        else if (!client && errno != EINTR && !is_over(errno))
            throw std::system_error{errno, std::generic_category(), "accept"};
        try {
            if (client)
                serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
