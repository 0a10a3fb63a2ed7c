#pragma once

// What the tests of accept_one say again and again.
#include "05_accept/accept.h"

#include "lab/lab.h"

#include <sys/time.h>
#include <system_error>

namespace accepting {

using namespace lab;

using Client = std::optional<kata::Accepted>;

inline Client accept_one(int fd)
{
    return calls("accept_one(" + std::to_string(fd) + ")", [&] { return kata::accept_one(fd); });
}

inline std::string address_of(const Peer& peer, std::string_view ip = "127.0.0.1")
{
    const std::string text{ip};
    return (text.find(':') == std::string::npos ? text : "[" + text + "]") + ":" + std::to_string(peer.port());
}

// The address of the client, as accept_one gave it.
inline std::string who(const Client& client)
{
    return !client ? "nullopt" : client->peer.family() == 0 ? "no address" : kata::to_string(client->peer);
}

// What a server does with a client: the test tells it the address under which it was accepted, and listens to it.
inline void greet(const Client& client)
{
    if (client)
        ::send(client->fd.get(), who(client).data(), who(client).size(), MSG_NOSIGNAL);
}

inline std::string hear(const Client& client)
{
    char text[64];
    const ssize_t n = client ? ::recv(client->fd.get(), text, sizeof text, 0) : 0;
    return n < 0 ? ::strerrorname_np(errno) : n == 0 ? "the end" : std::string(text, static_cast<std::size_t>(n));
}

// What accept_one does: "a client", who is greeted; "nullopt"; or the errno that it throws.
inline std::string attempt(int listener)
{
    try {
        const Client client = accept_one(listener);
        greet(client);
        return client ? "a client" : "nullopt";
    } catch (const std::system_error& e) {
        return e.code().value() == 0 ? "errno 0" : ::strerrorname_np(e.code().value());
    }
}

// Besides `s` whole seconds it waits 20 ms.
inline void waits_no_longer_than(std::chrono::seconds s, int listener)
{
    const timeval limit{.tv_sec = s.count(), .tv_usec = 20'000};
    ::setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

} // namespace accepting
