// Mistake: reads on while the client does not read: all that it sends is kept in memory
// Caught by: Hostile.SurvivesAClientThatNeverReads
// Says: MB that you could not send
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <cerrno>
#include <poll.h>
#include <span>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

void serve(int client)
{
    std::string held;
    for (std::size_t sent = 0;;) {
        pollfd p{client, POLLIN, 0};
        if (sent < held.size())
            p.events |= POLLOUT;
        if (::poll(&p, 1, -1) < 0)
            continue;
        if ((p.revents & POLLOUT) != 0) {
            const ssize_t n = ::send(client, held.data() + sent, held.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
            sent += n > 0 ? static_cast<std::size_t>(n) : 0;
        }
        if ((p.revents & ~POLLOUT) == 0)
            continue;
        char buffer[16384];
        const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return send_all(client, std::as_bytes(std::span{std::string_view{held}.substr(sent)}));
        held.append(buffer, static_cast<std::size_t>(n));
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
