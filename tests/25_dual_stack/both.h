#pragma once

// What the tests of this exercise share: the calls under test by their names, and a server for a few clients.
#include "05_accept/accept.h"
#include "25_dual_stack/dual_stack.h"
#include "lab/lab.h"

#include <sys/socket.h>

inline kata::Bound listens_dual(std::uint16_t port = 0)
{
    return lab::calls(port == 0 ? "listen_dual(0)" : "listen_dual(that port)", [&] { return kata::listen_dual(port); });
}

inline std::vector<kata::Bound> listens_each(std::uint16_t port = 0)
{
    lab::call_begins(port == 0 ? "listen_each(0)" : "listen_each(that port)");
    try {
        std::vector<kata::Bound> servers = kata::listen_each(port);
        lab::call_returned(std::to_string(servers.size()) + " listeners");
        return servers;
    } catch (...) {
        lab::call_threw();
        throw;
    }
}

// Takes one client, says hello to it, and gives its address.
inline kata::Endpoint greets_one(const kata::Bound& server)
{
    const kata::Accepted client = kata::accept_one(server.fd.get()).value();
    ::send(client.fd.get(), "hello", 5, MSG_NOSIGNAL);
    return client.peer;
}

// In the test itself: a port that nobody else takes while this lives, and beside which a listener with SO_REUSEADDR may bind.
inline kata::Bound held_port() { return kata::bind_tcp(kata::parse_endpoint(lab::has_ipv6_loopback() ? "[::]:0" : "0.0.0.0:0")); }
