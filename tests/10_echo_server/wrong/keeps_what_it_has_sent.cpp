// Mistake: appends all that it receives to one buffer, with an index of what is sent, and takes nothing out of it
// Caught by: Hostile.KeepsNothingOfWhatItHasSent
// Says: it grew by
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
#include <vector>

namespace kata {

namespace {

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

UniqueFd next_client(int listener)
{
    for (;;) {
        try {
            return std::move(accept_one(listener).value().fd);
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
        }
        ::poll(nullptr, 0, 50);
    }
}

void serve(int client)
{
    constexpr std::size_t block = 16384;
    std::vector<std::byte> all;
    for (std::size_t sent = 0;;) {
        all.resize(sent + block);
        const ssize_t n = ::recv(client, all.data() + sent, block, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        send_all(client, std::span{all}.subspan(sent, static_cast<std::size_t>(n)));
        sent += static_cast<std::size_t>(n);
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
