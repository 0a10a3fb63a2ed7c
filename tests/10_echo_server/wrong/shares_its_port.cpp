// Mistake: sets SO_REUSEPORT "for the restart": a second server at the same place gets every second client
// Caught by: Robust.SharesItsPortWithNobody
// Says: EADDRINUSE for the second server
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <cerrno>
#include <netinet/in.h>
#include <span>
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
    const UniqueFd listener{::socket(where.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const int on = 1;
    for (const int option : {SO_REUSEADDR, SO_REUSEPORT})
        ::setsockopt(listener.get(), SOL_SOCKET, option, &on, sizeof on);
    if (where.family() == AF_INET6)
        ::setsockopt(listener.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (!listener || ::bind(listener.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    listen_on(listener.get());
    for (;;) {
        const UniqueFd client = std::move(accept_one(listener.get()).value().fd);
        try {
            serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
