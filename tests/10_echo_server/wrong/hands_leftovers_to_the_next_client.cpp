// Mistake: keeps what it could not send in a buffer that outlives the client
// Caught by: Hostile.KeepsTheBytesOfOneFromTheNext
// Says: a secret of ann
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
#include <vector>

namespace kata {

namespace {

std::vector<char> pending; // not sent yet

void serve(int client)
{
    char buffer[4096];
    for (;;) {
        const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        pending.insert(pending.end(), buffer, buffer + n);
        send_all(client, std::as_bytes(std::span{pending}));
        pending.clear();
    }
}

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where);
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
