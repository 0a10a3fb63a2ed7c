// Mistake: takes the listener out of its owner: when accept fails for good, it stays open
// Caught by: Robust.SaysThatItCannotServe
// Says: leaked a descriptor: 3
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
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
    const int listener = bind_tcp(where).fd.release();
    listen_on(listener);
    for (;;) {
        const UniqueFd client = std::move(accept_one(listener).value().fd);
        try {
            serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
