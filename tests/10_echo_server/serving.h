#pragma once

// What the tests of the echo server say again and again.
#include "10_echo_server/echo_server.h"
#include "lab/lab.h"

namespace serving {

using namespace lab;

inline kata::Endpoint any_port(std::string_view ip)
{
    const std::string text{ip};
    return kata::parse_endpoint(text.find(':') == std::string::npos ? text + ":0" : "[" + text + "]:0");
}

inline void serve() { kata::echo_server(any_port("127.0.0.1")); }

// The proof that it lives: the next client is served like the first.
inline void serves_another(Learner& you)
{
    Peer bob = you.connect("bob");
    bob.sends("are you there?");
    bob.expects("are you there?");
    bob.finishes_writing();
    bob.expects_end();
}

} // namespace serving
