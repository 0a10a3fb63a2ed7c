#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <poll.h>
#include <span>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

constexpr int a_moment = 50; // milliseconds

// What accept(2) says when there is no room for one more connection now. There may be soon: another program closes something.
bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

// Step 4. accept_one() deals with a client that is gone, and with a signal. The listener is blocking, so there always is a
// client.
UniqueFd next_client(int listener)
{
    for (;;) {
        try {
            return std::move(accept_one(listener).value().fd);
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
        }
        ::poll(nullptr, 0, a_moment); // the listener stays readable: who waits for that, or for nothing, spins
    }
}

// Steps 5 and 6. Throws when the client is gone.
void serve(int client)
{
    std::array<std::byte, 16384> buffer;
    for (;;) {
        const ssize_t n = ::recv(client, buffer.data(), buffer.size(), 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) // the end of its stream, or a reset: either way it is done
            return;
        send_all(client, std::span{buffer}.first(static_cast<std::size_t>(n)));
    }
}

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where); // steps 1 and 2
    listen_on(server.fd.get());           // step 3
    for (;;) {
        const UniqueFd client = next_client(server.fd.get());
        try {
            serve(client.get());
        } catch (const std::system_error&) { // it left before its answer: that ends it, and nobody else
        }
    } // step 7: `client` closes here, each time around
}

} // namespace kata
