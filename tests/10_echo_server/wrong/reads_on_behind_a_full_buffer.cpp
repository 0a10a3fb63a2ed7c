// Mistake: takes a piece that fills its buffer for the promise of more, and receives that before it answers
// Caught by: Robust.KeepsNothingBack
// Says: asleep in recv(
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <cerrno>
#include <cstddef>
#include <sys/socket.h>
#include <system_error>
#include <utility>
#include <vector>

namespace kata {

namespace {

void serve(int client)
{
    constexpr ssize_t piece = 8192;
    for (;;) {
        std::vector<std::byte> held;
        ssize_t n = 0;
        do {
            const std::size_t before = held.size();
            held.resize(before + static_cast<std::size_t>(piece));
            n = ::recv(client, held.data() + before, static_cast<std::size_t>(piece), 0);
            held.resize(before + static_cast<std::size_t>(n > 0 ? n : 0));
        } while (n == piece || (n < 0 && errno == EINTR));
        send_all(client, held);
        if (n <= 0)
            return;
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
