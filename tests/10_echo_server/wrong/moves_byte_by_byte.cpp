// Mistake: reads and sends one byte with each call
// Caught by: Robust.MovesManyBytesWithOneCall
// Says: many bytes with one call
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <cerrno>
#include <cstddef>
#include <span>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

void serve(int client)
{
    std::byte byte{};
    for (;;) {
        const ssize_t n = ::recv(client, &byte, 1, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        send_all(client, std::span{&byte, 1});
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
