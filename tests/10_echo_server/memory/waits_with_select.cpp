// Mistake: FD_SET of a descriptor above 1023 writes behind the set
// Caught by: Robust.TakesDescriptorsAbove1023
// Says: index 17 out of bounds
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

void wait_for_input(int fd)
{
    fd_set input;
    do {
        FD_ZERO(&input);
        FD_SET(fd, &input);
    } while (::select(fd + 1, &input, nullptr, nullptr, nullptr) < 0 && errno == EINTR);
}

void serve(int client)
{
    std::array<std::byte, 4096> buffer;
    for (;;) {
        wait_for_input(client);
        const ssize_t n = ::recv(client, buffer.data(), buffer.size(), 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        send_all(client, std::span{buffer}.first(static_cast<std::size_t>(n)));
    }
}

} // namespace

void echo_server(const Endpoint& where)
{
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get());
    for (;;) {
        try {
            wait_for_input(server.fd.get());
            serve(accept_one(server.fd.get()).value().fd.get());
        } catch (const std::system_error&) {
            ::poll(nullptr, 0, 10); // whatever it was
        }
    }
}

} // namespace kata
