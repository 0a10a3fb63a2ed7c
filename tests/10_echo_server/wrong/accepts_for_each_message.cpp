// Mistake: asks accept() for each message, and not for each client
// Caught by: Works.AnswersAsOftenAsTheClientSpeaks
// Says: asleep in accept
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <span>
#include <sys/socket.h>
#include <utility>

namespace kata {

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    UniqueFd client;
    for (;;) {
        client = std::move(accept_one(server.fd.get()).value().fd);
        char buffer[4096];
        const ssize_t n = ::recv(client.get(), buffer, sizeof buffer, 0);
        if (n > 0)
            send_all(client.get(), std::as_bytes(std::span{buffer, static_cast<std::size_t>(n)}));
    }
}

} // namespace kata
