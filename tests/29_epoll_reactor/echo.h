#pragma once

// The server that is given, at work in the learner's process.
#include "turns.h"

namespace turns {

// The buffers of each connection, which an accepted socket inherits.
inline void with_buffers(int listen_fd, int bytes)
{
    for (const int option : {SO_RCVBUF, SO_SNDBUF})
        EXPECT_EQ(0, ::setsockopt(listen_fd, SOL_SOCKET, option, &bytes, sizeof bytes));
}
inline void with_small_buffers(int listen_fd) { with_buffers(listen_fd, 32768); } // soon full

// The server, and the boss, who is a wire of the test: a byte from it ends serves_until_told().
class Shop {
public:
    Shop(int boss, int listen_fd) : server_{reactor_, listen_fd}
    {
        reactor_.add(boss, EPOLLIN, [this, boss](std::uint32_t) {
            char byte = 0;
            told_ = ::recv(boss, &byte, 1, MSG_DONTWAIT) == 1;
        });
    }
    void serves_until_told()
    {
        for (told_ = false; !told_;)
            turn(reactor_, -1);
    }
    kata::Reactor& reactor() { return reactor_; }

private:
    kata::Reactor reactor_;
    kata::EchoServer server_;
    bool told_ = false;
};

// For tests without a boss.
inline void serves(int listen_fd)
{
    kata::Reactor reactor;
    const kata::EchoServer server{reactor, listen_fd};
    for (;;)
        turn(reactor, -1);
}

// Clients who have had an echo: the server has begun to wait for them in its own way.
inline std::vector<Peer> clients_of(Learner& you, const std::vector<std::string>& names, const WireOptions& options = {})
{
    std::vector<Peer> clients;
    for (const std::string& name : names) {
        clients.push_back(you.connect(name, options));
        clients.back().sends("hi");
        clients.back().expects("hi");
    }
    return clients;
}

inline std::size_t bytes_sent(const Learner& you)
{
    long sum = 0;
    for (const CallRecord& call : you.calls())
        sum += family_of(call.call) == Family::writing && call.result > 0 ? call.result : 0;
    return static_cast<std::size_t>(sum);
}

} // namespace turns
