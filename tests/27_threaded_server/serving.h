#pragma once

// The servers and handlers that the tests send to work. All of it lives in the learner's process.
#include "27_threaded_server/threaded_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "lab/lab.h"

#include <chrono>
#include <sys/resource.h>
#include <sys/socket.h>
#include <utility>

namespace serving {

using namespace lab;
using Server = kata::ThreadedServer;
using kata::Endpoint;

inline kata::UniqueFd opens_listener(std::string_view ip = "127.0.0.1")
{
    const std::string host{ip == "::1" ? "[::1]" : ip};
    kata::Bound bound = kata::bind_tcp(kata::parse_endpoint(host + ":0"));
    kata::listen_on(bound.fd.get());
    return std::move(bound.fd);
}

inline void says(int connection, std::string_view words) { ::send(connection, words.data(), words.size(), MSG_NOSIGNAL); }

// What comes next; "" at the end of the stream, or when it broke.
inline std::string hears(int connection)
{
    char piece[512];
    const ssize_t n = ::recv(connection, piece, sizeof piece, 0);
    return {piece, n > 0 ? static_cast<std::size_t>(n) : 0};
}

// Sends all back, as it comes, until the client ends its stream. "throw" is answered by an exception.
inline void echo(int connection, const Endpoint&)
{
    for (std::string words; !(words = hears(connection)).empty(); says(connection, words))
        if (words == "throw")
            throw "thrown";
}

// Until the peer at the other end of this lent descriptor says something: the database, another service.
inline void asks(int elsewhere) { hears(elsewhere); }

// The call under test. Where it was told to end early, it may take no time.
inline void stops(Server& server, int grace_ms)
{
    calls("stop(" + std::to_string(grace_ms) + ")", [&] { server.stop(grace_ms); });
}

template <class End>
void returns_after(std::chrono::milliseconds time, const std::string& name, End end, int line = __builtin_LINE())
{
    const auto begin = std::chrono::steady_clock::now(); // the learner's clock, which the lab scripts
    end();
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    expects(took == time, name + " returns after " + std::to_string(time.count()) + " ms",
            "it took " + std::to_string(took.count()) + " ms", __FILE__, line);
}

inline void stops_after(Server& server, int grace_ms, std::chrono::milliseconds time, int line = __builtin_LINE())
{
    returns_after(
        time, "stop()", [&] { stops(server, grace_ms); }, line);
}

inline void sends_for_ever(int connection, const Endpoint&)
{
    const std::string much = pattern(1 << 20);
    while (::send(connection, much.data(), much.size(), MSG_NOSIGNAL) > 0) {
    }
}

inline std::string in_words(const Server::Counters& n)
{
    return std::to_string(n.active) + " active, " + std::to_string(n.served) + " served, " + std::to_string(n.failed) + " failed";
}

inline void expects_counters(const Server& server, const Server::Counters& wanted, int line = __builtin_LINE())
{
    const std::string came = in_words(server.counters()), expected = in_words(wanted);
    expects(came == expected, "counters() says " + expected, came, __FILE__, line);
}

// A server of its own; it serves until the test says resume() or finishes(). Before that the test lets it settle: the owner's
// thread waits for the test long before the others have come to rest.
template <class Handler>
void serves_until_resumed(Handler handler, std::size_t max_connections, int grace_ms = 0)
{
    Server server{opens_listener(), handler, max_connections};
    server.start();
    wait_for_the_test();
    stops(server, grace_ms);
}

// A client whose words come back.
inline void is_served(Peer& client, const std::string& words = "are you there?")
{
    client.sends(words);
    client.expects(words);
}

inline void leaves(Peer& client)
{
    client.finishes_writing();
    client.expects_end();
}

inline void serves_another(Learner& you)
{
    Peer bob = you.connect("bob");
    is_served(bob);
    leaves(bob);
}

// How often a thread of this process has gone to sleep so far.
inline long naps()
{
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    return use.ru_nvcsw;
}

// How many clients the learner has taken from the queue so far.
inline long accepted(const Learner& you)
{
    long n = 0;
    for (const CallRecord& call : you.calls())
        n += family_of(call.call) == Family::accepting && call.returned && call.result >= 0 ? 1 : 0;
    return n;
}

} // namespace serving
