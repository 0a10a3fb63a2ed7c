#pragma once

// The server that is given, at work in the learner's process.
#include "turns.h"

namespace turns {

// The buffers of each connection: soon full.
inline void with_small_buffers(int listen_fd)
{
    const int few = 32768;
    for (const int option : {SO_RCVBUF, SO_SNDBUF})
        EXPECT_EQ(0, ::setsockopt(listen_fd, SOL_SOCKET, option, &few, sizeof few)); // an accepted socket inherits them
}

inline void serves(int listen_fd)
{
    kata::Reactor reactor;
    const kata::EchoServer server{reactor, listen_fd};
    for (;;)
        turn(reactor, -1);
}

// As many turns as it takes to welcome `clients`, who say nothing yet. Then the test acts, and `then` is what follows.
inline void serves_after_a_pause(int listen_fd, int clients, const std::function<void(kata::Reactor&)>& then)
{
    kata::Reactor reactor;
    const kata::EchoServer server{reactor, listen_fd};
    while (clients > 0)
        clients -= reactor.run_once(-1);
    wait_for_the_test();
    then(reactor);
    for (;;)
        turn(reactor, -1);
}

inline std::size_t bytes_sent(const Learner& you)
{
    long sum = 0;
    for (const CallRecord& call : you.calls())
        sum += family_of(call.call) == Family::writing && call.result > 0 ? call.result : 0;
    return static_cast<std::size_t>(sum);
}

} // namespace turns
