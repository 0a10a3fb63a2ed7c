// Odd: says SHUT_WR, waits for the client's end, and only then closes
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

bool send_all(int fd, const char* bytes, ssize_t size)
{
    while (size > 0) {
        const ssize_t n = ::send(fd, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            bytes += n;
            size -= n;
        }
    }
    return true;
}

void serve(int client)
{
    char buffer[4096];
    for (;;) {
        const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || !send_all(client, buffer, n))
            return;
    }
}

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    for (;;) {
        const UniqueFd client{::accept(server.fd.get(), nullptr, nullptr)};
        if (!client) {
            ::poll(nullptr, 0, 10); // whatever it was
            continue;
        }
        serve(client.get());
        ::shutdown(client.get(), SHUT_WR);
        char rest[64];
        while (::recv(client.get(), rest, sizeof rest, 0) > 0) {
        }
    }
}

} // namespace kata
