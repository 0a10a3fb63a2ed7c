// Mistake: the pause grows by a millisecond with each failure, without an end
// Caught by: Hostile.TriesAgainAsOftenAsItTakes
// Says: pauses of 31
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

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    for (int pause = 1;;) {
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client && errno != EINTR && errno != ECONNABORTED) {
            ::poll(nullptr, 0, pause);
            ++pause;
            continue;
        }
        pause = 1;
        try {
            if (client)
                serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
