// Mistake: makes a listener for each client: whoever waits in the queue of the last one is reset
// Caught by: Robust.LeavesTheNextClientInTheQueue
// Says: bob receives nothing yet
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
    Endpoint place = where;
    for (;;) {
        Bound server = bind_tcp(place);
        place = server.local;
        listen_on(server.fd.get());
        const UniqueFd client = std::move(accept_one(server.fd.get()).value().fd);
        server.fd.reset();
        try {
            serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
