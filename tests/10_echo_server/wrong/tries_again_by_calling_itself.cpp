// Mistake: waits for a moment after a shortage and calls itself: one frame more on the stack for each try
// Caught by: Hostile.TriesAgainWithoutAFrameForEachTry
// Says: came      a reset (RST)
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <cerrno>
#include <poll.h>
#include <span>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

UniqueFd next_client(int listener)
{
    try {
        return std::move(accept_one(listener).value().fd);
    } catch (const std::system_error& e) {
        if (!is_shortage(e.code().value()))
            throw;
        ::poll(nullptr, 0, 50);
        return next_client(listener);
    }
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
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    for (;;) {
        const UniqueFd client = next_client(server.fd.get());
        try {
            serve(client.get());
        } catch (const std::system_error&) {
        }
    }
}

} // namespace kata
