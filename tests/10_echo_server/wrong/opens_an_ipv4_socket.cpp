// Mistake: asks for AF_INET whatever the address is
// Caught by: Robust.TakesItsPortBackAfterARestart
// Says: the address is ::1
#include "10_echo_server/echo_server.h"

#include "01_socket/socket.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <cerrno>
#include <span>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

UniqueFd listener_at(const Endpoint& where)
{
    UniqueFd fd = open_socket(AF_INET, SOCK_STREAM);
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    listen_on(fd.get());
    return fd;
}

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
    const UniqueFd server = listener_at(where);
    for (;;) {
        const UniqueFd client = std::move(accept_one(server.get()).value().fd);
        try {
            serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
