// Q11 to Q22: listening and accepting.
#include "states.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <functional>
#include <numeric>
#include <vector>

using namespace questions;

namespace {

// What the kernel counted so far, for all programs of this machine.
long counted(const std::string& name) { return counted_in("/proc/net/netstat", name); }

Fd reusing_listener(const wiring::Name& where, bool reuse)
{
    Fd fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_TRUE(set_option(fd, SOL_SOCKET, SO_REUSEPORT, reuse));
    if (::bind(fd.get(), where.get(), where.size) < 0)
        return Fd{};
    EXPECT_EQ(0, ::listen(fd.get(), 100));
    return fd;
}

// Four listeners on one port.
std::array<Fd, 4> group_of_four()
{
    Fd first = reusing_listener(wiring::name_of(lab::private_loopback(), 0), true);
    const wiring::Name where = wiring::own_name(first.get());
    return {std::move(first), reusing_listener(where, true), reusing_listener(where, true), reusing_listener(where, true)};
}

// How many clients wait in its queue: tcpi_unacked, when the socket is a listener.
unsigned queue_of(const Fd& listener) { return info_of(listener).tcpi_unacked; }

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
    EXPECT_EQ(TCP_ESTABLISHED, state_of(clients[2]));
    EXPECT_EQ(TCP_SYN_SENT, state_of(clients[3]));

    std::vector<Fd> accepted; // each accept makes room: the limit is on the queue, not on the clients
    for (int i = 0; i < 3; ++i)
        accepted.emplace_back(::accept(listener.get(), nullptr, nullptr));
    for (int i = 0; i < 3; ++i)
        clients.push_back(knock(there));
    EXPECT_EQ(TCP_ESTABLISHED, state_of(clients[6]));
    observed("listen(fd, 2): 3 clients connected, the 4th stayed in SYN_SENT; after 3 accepts 3 more connected at once");
}

// "The client gets ECONNREFUSED" predicts an error at once, and no connection after the accept.
// Convinced: without the accept() the client never connects, and the proof is red.
TEST(Q12, AFullQueueDropsTheSynAndTheClientTriesAgain)
{
    const FullQueue full;
    const long before = counted("ListenOverflows");
    const Fd client = knock(full.name);
    EXPECT_TRUE(becomes([&] { return counted("ListenOverflows") > before; }));
    EXPECT_EQ(TCP_SYN_SENT, state_of(client));
    EXPECT_EQ(0, option(client, SOL_SOCKET, SO_ERROR));

    const Fd accepted = accepted_from(full.listener);
    EXPECT_EQ(POLLOUT, comes(client, POLLOUT, 10'000)); // the kernel repeats its SYN after a second
    EXPECT_EQ(TCP_ESTABLISHED, state_of(client));
    observed("the queue was full: SYN_SENT and ListenOverflows + " + std::to_string(counted("ListenOverflows") - before) +
             "; after one accept() the next SYN connected");
}

// "It works round robin" predicts that any four clients in a row go to four different listeners. By chance sixteen fours do that
// once in 10^16 runs. Convinced: with ++now[i] in place of ++now[n], which is what round robin would count, the proof is red.
TEST(Q14, AHashChoosesTheListener)
{
    const std::array<Fd, 4> group = group_of_four();
    const wiring::Name where = wiring::own_name(group[0].get());
    std::vector<Fd> clients;
    std::array<int, 4> total{};
    int uneven_fours = 0;
    for (int four = 0; four < 16; ++four) {
        std::array<int, 4> now{};
        for (int i = 0; i < 4; ++i) {
            clients.push_back(client_of(group[0]));
            std::array<pollfd, 4> entries{};
            for (std::size_t n = 0; n < 4; ++n)
                entries[n] = {group[n].get(), POLLIN, 0};
            ASSERT_EQ(1, ::poll(entries.data(), 4, 4000));
            for (std::size_t n = 0; n < 4; ++n)
                if (entries[n].revents != 0) {
                    clients.push_back(accepted_from(group[n]));
                    ++now[n];
                }
        }
        uneven_fours += now != std::array{1, 1, 1, 1};
        std::transform(now.begin(), now.end(), total.begin(), total.begin(), std::plus{});
    }
    EXPECT_GT(uneven_fours, 0);
    EXPECT_EQ(-1, reusing_listener(where, false).get()); // each of them must ask for it
    const Fd alone = reusing_listener(wiring::name_of(lab::private_loopback(), 0), false);
    EXPECT_EQ(-1, reusing_listener(wiring::own_name(alone.get()), true).get()); // the first one, too
    observed("64 clients: " + std::to_string(total[0]) + ", " + std::to_string(total[1]) + ", " + std::to_string(total[2]) +
             ", " + std::to_string(total[3]) + "; four in a row did not meet four listeners " + std::to_string(uneven_fours) +
             " of 16 times");
}

// "Zero-downtime reload for free" predicts that no client of a closed listener notices.
// Convinced: without the close() nobody is reset, and the proof is red.
TEST(Q15, ClosingOneListenerResetsItsQueue)
{
    if (lab::kernel_setting("net/ipv4/tcp_migrate_req") == 1)
        GTEST_SKIP() << "net.ipv4.tcp_migrate_req moves the queue of a closed listener here";
    std::array<Fd, 4> group = group_of_four();
    std::vector<Fd> clients;
    for (int i = 0; i < 32; ++i)
        clients.push_back(client_of(group[0]));
    EXPECT_TRUE(becomes([&] {
        return std::accumulate(group.begin(), group.end(), 0u, [](unsigned n, const Fd& l) { return n + queue_of(l); }) == 32;
    }));
    Fd& fullest = *std::max_element(group.begin(), group.end(), [](auto& a, auto& b) { return queue_of(a) < queue_of(b); });
    const unsigned waiting = queue_of(fullest);
    fullest.close();
    unsigned reset = 0;
    EXPECT_TRUE(becomes([&] {
        for (const Fd& client : clients)
            reset += finds(client) == "ECONNRESET"; // said once by each
        return reset == waiting;
    }));
    observed("32 clients waited, " + std::to_string(waiting) +
             " of them with the listener that closed: " + std::to_string(reset) + " got ECONNRESET, three listeners were alive");
}

// "accept() opens a new port" predicts three different ports.
// Convinced: with getpeername() in place of getsockname() for the accepted socket the ports differ, and the proof is red.
TEST(Q19, AcceptedSocketsHaveThePortOfTheListener)
{
    Fd listener{wiring::listening_socket("127.0.0.1", 2, false)};
    const std::uint16_t port = port_of(listener);
    const Fd ann = client_of(listener), bob = client_of(listener);
    const Fd anns = accepted_from(listener), bobs = accepted_from(listener);
    EXPECT_EQ(port, port_of(anns));
    EXPECT_EQ(port, port_of(bobs));
    EXPECT_EQ("ENOTCONN", finds(listener)); // it carries no data
    listener.close();                       // and they live without it
    sends(anns, "hello");
    EXPECT_EQ("hello", gets(ann));
    observed("the listener and both accepted sockets have port " + std::to_string(port) + "; recv() on the listener: ENOTCONN");
}

// "The accepted socket is non-blocking because the listener is" predicts O_NONBLOCK; "it inherits nothing" the usual options.
// Convinced: with accept4() and SOCK_NONBLOCK in place of accept(), or without one of the options, the proof is red.
TEST(Q20, OptionsAreInheritedAndFlagsAreNot)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 1, true)}; // O_NONBLOCK, FD_CLOEXEC
    constexpr std::array<std::array<int, 3>, 3> options{
        {{IPPROTO_TCP, TCP_NODELAY, 1}, {SOL_SOCKET, SO_KEEPALIVE, 1}, {SOL_SOCKET, SO_RCVBUF, 10'000}}};
    for (const auto& [level, name, value] : options)
        EXPECT_TRUE(set_option(listener, level, name, value));
    const linger waits{1, 3};
    const timeval limit{2, 0};
    EXPECT_EQ(0, ::setsockopt(listener.get(), SOL_SOCKET, SO_LINGER, &waits, sizeof waits));
    EXPECT_EQ(0, ::setsockopt(listener.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit));
    const Fd client = client_of(listener);
    EXPECT_NE(0, comes(listener, POLLIN));
    const Fd server{::accept(listener.get(), nullptr, nullptr)};
    EXPECT_EQ(O_NONBLOCK, ::fcntl(listener.get(), F_GETFL) & O_NONBLOCK);
    EXPECT_EQ(0, ::fcntl(server.get(), F_GETFL) & O_NONBLOCK);
    EXPECT_EQ(FD_CLOEXEC, ::fcntl(listener.get(), F_GETFD));
    EXPECT_EQ(0, ::fcntl(server.get(), F_GETFD));
    for (const auto& [level, name, value] : options)
        EXPECT_EQ(name == SO_RCVBUF ? 2 * value : value, option(server, level, name)); // socket(7): the kernel doubles it
    linger inherited{};
    timeval time{};
    socklen_t size = sizeof inherited;
    EXPECT_EQ(0, ::getsockopt(server.get(), SOL_SOCKET, SO_LINGER, &inherited, &size));
    EXPECT_EQ(3, inherited.l_linger);
    size = sizeof time;
    EXPECT_EQ(0, ::getsockopt(server.get(), SOL_SOCKET, SO_RCVTIMEO, &time, &size));
    EXPECT_EQ(2, time.tv_sec);
    observed("the listener is non-blocking and close-on-exec, the accepted socket is not; TCP_NODELAY, SO_KEEPALIVE, SO_LINGER, "
             "SO_RCVTIMEO and SO_RCVBUF are as on the listener");
}
