#pragma once

// What the tests of this exercise share: the calls under test by their names, and a server for a few clients.
#include "05_accept/accept.h"
#include "25_dual_stack/dual_stack.h"
#include "lab/lab.h"

#include <netinet/in.h>
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

// Before an IPv6 socket is bound, its IPV6_V6ONLY is set to `value`, or seen to be that.
inline void says_v6only(const lab::Learner& you, long value)
{
    long ipv6 = -1;
    bool said = false;
    for (const lab::CallRecord& c : you.calls()) {
        const bool is_option = c.call == lab::Call::setsockopt || c.call == lab::Call::getsockopt;
        if (c.call == lab::Call::socket && c.args[0] == AF_INET6 && (c.args[1] & 0xF) == SOCK_STREAM) {
            ipv6 = c.result;
            said = false;
        } else if (is_option && c.fd == ipv6 && c.args[0] == IPPROTO_IPV6 && c.args[1] == IPV6_V6ONLY && c.result == 0) {
            said = c.args[2] == value;
        } else if (c.call == lab::Call::bind && c.fd == ipv6) {
            EXPECT_TRUE(said) << "you leave IPV6_V6ONLY to the machine: net.ipv6.bindv6only may be either";
        }
    }
}

// The next life of this server can have the port again.
inline void expects_reusable(const kata::Bound& server)
{
    int on = 0;
    socklen_t size = sizeof on;
    ::getsockopt(server.fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, &size);
    lab::expects(on != 0, "SO_REUSEADDR is set, or why it cannot be is thrown", "a server that cannot be restarted");
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
