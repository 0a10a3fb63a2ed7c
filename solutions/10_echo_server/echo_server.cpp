#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <span>
#include <sys/socket.h>
#include <utility>

namespace kata {

namespace {

// False when the client is gone.
bool send_all(int fd, std::span<const std::byte> rest)
{
    while (!rest.empty()) {
        const ssize_t n = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL); // or a client that left kills the server
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            rest = rest.subspan(static_cast<std::size_t>(n));
    }
    return true;
}

void serve(int client)
{
    std::array<std::byte, 16384> buffer;
    for (;;) {
        const ssize_t n = ::recv(client, buffer.data(), buffer.size(), 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) // the end of its stream, or a reset: either way it is done
            return;
        if (!send_all(client, std::span{buffer}.first(static_cast<std::size_t>(n))))
            return;
    }
}

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where); // steps 1 and 2
    listen_on(server.fd.get());           // step 3
    for (;;) {
        // Step 4. It deals with a client that is gone, and with a signal; out of descriptors is left to fail: exercise 24
        // survives that. The listener is blocking, so there always is a client.
        const UniqueFd client = std::move(accept_one(server.fd.get()).value().fd);
        serve(client.get()); // steps 5 and 6
    }                        // step 7: `client` closes here, each time around
}

} // namespace kata
