// fd_passing 127.0.0.1:8080 /tmp/echo.sock
//
// An echo server. Started a second time with the same socket file, it takes over the listener and all clients of the first, which
// then ends: a restart that no client notices.
#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "07_send/send.h"
#include "26_fd_passing/fd_passing.h"
#include "kata.h"

#include <array>
#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <poll.h>
#include <span>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace {

constexpr std::byte is_listener{'l'}, is_client{'c'}; // the tags

struct Server {
    kata::UniqueFd listener;
    std::vector<kata::UniqueFd> clients;
};

// To the server that runs. Owns nothing where none does.
kata::UniqueFd knock(std::string_view path)
{
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    path.copy(name.sun_path, sizeof name.sun_path - 1);
    kata::UniqueFd wire = kata::open_socket(AF_UNIX, SOCK_STREAM);
    if (::connect(wire.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) < 0)
        wire.reset();
    return wire;
}

Server take_over(int wire)
{
    Server server;
    while (std::optional<kata::Passed> passed = kata::recv_fd(wire)) {
        if (passed->tag == is_listener)
            server.listener = std::move(passed->fd);
        else
            server.clients.push_back(std::move(passed->fd));
    }
    std::printf("clients taken over: %zu\n", server.clients.size());
    return server;
}

// Bytes that nobody has read, and clients that nobody has accepted, stay in the kernel, and so they move as well.
void hand_over(Server server, int wire)
{
    kata::send_fd(wire, std::move(server.listener), is_listener);
    for (kata::UniqueFd& client : server.clients)
        kata::send_fd(wire, std::move(client), is_client);
}

bool echo(int client)
{
    std::array<std::byte, 16384> bytes;
    const ssize_t n = ::recv(client, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (n > 0)
        kata::send_all(client, std::span{bytes}.first(static_cast<std::size_t>(n)));
    return n > 0 || (n < 0 && errno == EAGAIN);
}

bool lives_on(int client)
try {
    return echo(client);
} catch (const std::system_error&) {
    return false; // it has left: its problem alone
}

// Until the next one of the same user comes to the door; then the wire to it.
kata::UniqueFd serve(Server& server, int door)
{
    for (;;) {
        std::vector<pollfd> all{{door, POLLIN, 0}, {server.listener.get(), POLLIN, 0}};
        for (const kata::UniqueFd& client : server.clients)
            all.push_back({client.get(), POLLIN, 0});
        if (::poll(all.data(), all.size(), -1) < 0)
            continue; // EINTR
        for (std::size_t i = server.clients.size(); i-- > 0;)
            if (all[2 + i].revents != 0 && !lives_on(server.clients[i].get()))
                server.clients.erase(server.clients.begin() + static_cast<std::ptrdiff_t>(i));
        if (all[1].revents != 0)
            if (std::optional<kata::Accepted> client = kata::accept_one(server.listener.get()))
                server.clients.push_back(std::move(client->fd));
        if (all[0].revents == 0)
            continue;
        kata::UniqueFd wire{::accept4(door, nullptr, nullptr, SOCK_CLOEXEC)};
        if (wire && kata::peer_credentials(wire.get()).uid == ::geteuid())
            return wire;
    }
}

void run(const kata::Endpoint& where, std::string_view path)
{
    Server server;
    if (const kata::UniqueFd wire = knock(path)) {
        server = take_over(wire.get());
    } else {
        server.listener = kata::bind_tcp(where).fd;
        ::fcntl(server.listener.get(), F_SETFL, O_NONBLOCK); // whom poll() has seen may be gone before accept()
        kata::listen_on(server.listener.get());
    }
    kata::UniqueFd door = kata::unix_listen(path); // whoever was there has closed it by now
    std::printf("listening on %s\n", to_string(kata::local_endpoint(server.listener.get())).c_str());
    const kata::UniqueFd wire = serve(server, door.get());
    door.reset(); // before the wire ends: then the next one may take its place
    hand_over(std::move(server), wire.get());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s ADDRESS:PORT SOCKET-FILE, for example %s 127.0.0.1:8080 /tmp/echo.sock\n", argv[0],
                     argv[0]);
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // each line at once, also into a file
    try {
        run(kata::parse_endpoint(argv[1]), argv[2]);
        return 0;
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/26_fd_passing/fd_passing.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
