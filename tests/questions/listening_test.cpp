// Q11 to Q22: listening and accepting.
#include "observe.h"

#include <fstream>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <vector>

using namespace questions;
namespace wiring = lab::wiring;

namespace {

// A client that has begun to connect and does not wait.
Fd knock(const wiring::Name& there)
{
    Fd client{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    ::connect(client.get(), there.get(), there.size);
    return client;
}

int tcp_state(const Fd& fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    return ::getsockopt(fd.get(), IPPROTO_TCP, TCP_INFO, &info, &size) == 0 ? info.tcpi_state : -1;
}

} // namespace

// "The backlog is the number of clients" would let two connect, and would refuse the third even after an accept.
// Convinced: with listen(fd, 1) instead of 2 the third client below stays in SYN_SENT and the proof is red.
TEST(Q11, ABacklogIsNotAClientLimit)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 2, false)};
    const wiring::Name there = wiring::own_name(listener.get());
    std::vector<Fd> clients;
    for (int i = 0; i < 4; ++i)
        clients.push_back(knock(there));
    EXPECT_EQ(TCP_ESTABLISHED, tcp_state(clients[2]));
    EXPECT_EQ(TCP_SYN_SENT, tcp_state(clients[3]));

    std::vector<Fd> accepted; // each accept makes room: the limit is on the queue, not on the clients
    for (int i = 0; i < 3; ++i)
        accepted.emplace_back(::accept(listener.get(), nullptr, nullptr));
    for (int i = 0; i < 3; ++i)
        clients.push_back(knock(there));
    EXPECT_EQ(TCP_ESTABLISHED, tcp_state(clients[6]));
    observed("listen(fd, 2): 3 clients connected, the 4th stayed in SYN_SENT; after 3 accepts 3 more connected at once");
}
