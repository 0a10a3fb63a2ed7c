#pragma once

// What the tests of this exercise share: a client that asks, and the server that it asks.
#include "16_udp_client/udp_client.h"
#include "lab/lab.h"

using Client = kata::UdpClient;
constexpr int a_minute = 60'000, short_try = 25; // milliseconds

inline std::string ask(Client& client, std::string_view question, int per_try_ms = a_minute, int tries = 3)
{
    const std::string size = std::to_string(question.size()) + (question.size() == 1 ? " byte, " : " bytes, ");
    const auto answer = lab::calls("ask(" + size + std::to_string(per_try_ms) + " ms, " + std::to_string(tries) + " tries)",
                                   [&] { return client.ask(lab::bytes(question), per_try_ms, tries); });
    return answer ? std::string{lab::text(*answer)} : "(no answer)";
}

// The server, of whom the learner has a client, and does this with it.
inline lab::UdpPeer asked_by(lab::Learner& you, const std::function<void(Client&)>& act, std::string_view ip = "127.0.0.1",
                             bool is_there = true)
{
    lab::UdpPeer host = you.udp_host("bob", ip);
    if (!is_there)
        host.refuses();
    you.run([=, where = host.address()] {
        Client client{kata::parse_endpoint(where)};
        act(client);
    });
    return host;
}

inline void pings_once(Client& client) { EXPECT_EQ("pong", ask(client, "ping")); }
inline std::string id_of(const lab::UdpPeer::Datagram& request) { return request.bytes.substr(0, 4); }
