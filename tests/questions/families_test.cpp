// Q81, Q91, Q93 to Q95 and Q104: names, addresses, and kinds of sockets.
#include "acts.h"

#include <netdb.h>
#include <vector>

using namespace questions;
namespace wiring = lab::wiring;

// "One name, one address, one entry." Convinced: with ai_socktype in the hints one entry comes and the first line is red.
TEST(Q81, OneAddressIsThreeEntries)
{
    addrinfo* list = nullptr;
    ASSERT_EQ(0, ::getaddrinfo("127.0.0.1", "80", nullptr, &list));
    std::vector<int> types;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next)
        types.push_back(entry->ai_socktype);
    ::freeaddrinfo(list);
    EXPECT_EQ((std::vector<int>{SOCK_STREAM, SOCK_DGRAM, SOCK_RAW}), types);
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST;
    hints.ai_socktype = SOCK_STREAM;
    const int error = ::getaddrinfo("localhost", "80", &hints, &list);
    EXPECT_EQ(EAI_NONAME, error);
    observed("127.0.0.1 without hints: " + std::to_string(types.size()) +
             " entries; localhost with AI_NUMERICHOST: " + ::gai_strerror(error));
}

// "Try one address after the other": the first attempt, to a host that never answers, would use up the whole timeout.
// Convinced: with a listener that has room in place of the full one the first attempt wins and the proof is red.
TEST(Q91, TheSecondAttemptWinsTheRace)
{
    const auto begins = [](const Fd& listener) {
        Fd fd{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
        const wiring::Name there = wiring::own_name(listener.get());
        EXPECT_EQ(-1, ::connect(fd.get(), there.get(), there.size));
        EXPECT_EQ("EINPROGRESS", lab::errno_name(errno));
        return fd;
    };
    const Fd black_hole{wiring::listening_socket("127.0.0.1", 0, false)},
        healthy{wiring::listening_socket("127.0.0.1", 4, false)};
    const Fd filler = client_of(black_hole); // its queue of one is full: no answer to a SYN any more
    comes(black_hole, POLLIN);
    const Fd first = begins(black_hole);
    EXPECT_EQ(0, comes(first, POLLOUT, 250)); // the connection attempt delay of RFC 8305
    const Fd second = begins(healthy);
    EXPECT_EQ(POLLOUT, comes(second, POLLOUT));
    EXPECT_EQ(0, option(second, SOL_SOCKET, SO_ERROR));
    EXPECT_EQ(TCP_SYN_SENT, info_of(first).tcpi_state);
    observed("250 ms without an answer, then the second attempt connected; the first was still in SYN_SENT");
}

// "TCP keeps messages", and "a datagram that was sent has arrived".
// Convinced: with the receive buffer as it was, all 200 datagrams come and the last comparison is red.
TEST(Q93, AStreamJoinsAndDatagramsGetLost)
{
    const Pair tcp = tcp_pair();
    set_option(tcp.client, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(tcp.server, SOL_SOCKET, SO_RCVLOWAT, 10);
    sends(tcp.client, "hello"), sends(tcp.client, "world");
    comes(tcp.server, POLLIN); // all ten bytes
    EXPECT_EQ("helloworld", finds(tcp.server));

    const Fd receiver{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, false)},
        sender{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, false)};
    const wiring::Name there = wiring::own_name(receiver.get());
    ASSERT_EQ(0, ::connect(sender.get(), there.get(), there.size));
    sends(sender, "hello"), sends(sender, "world");
    EXPECT_EQ("hello", gets(receiver));
    EXPECT_EQ("world", gets(receiver));

    set_option(receiver, SOL_SOCKET, SO_RCVBUF, 2048);
    int sent = 0, came = 0;
    for (int i = 0; i < 200; ++i)
        sent += sends(sender, "x") == 1;
    comes(receiver, POLLIN);
    while (finds(receiver) == "x")
        ++came;
    EXPECT_EQ(200, sent);
    EXPECT_LT(came, 200);
    observed("TCP: one recv() of 10 bytes; UDP: two of 5; a flood into a small buffer: " + std::to_string(sent) + " sent, " +
             std::to_string(came) + " came");
}

// "It does the handshake" predicts a failure where nobody is, and something at the peer; "it has no effect", the stranger's
// datagram. Convinced: with the stranger in place of the peer in the second connect() its datagram is there: red.
TEST(Q94, ConnectSendsNothingAndFilters)
{
    const auto udp = [] { return Fd{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, false)}; };
    const auto connects = [](const Fd& fd, const wiring::Name& there) { return ::connect(fd.get(), there.get(), there.size); };
    const auto sends_to = [](const Fd& fd, const Fd& to, std::string_view text) {
        const wiring::Name there = wiring::own_name(to.get());
        ::sendto(fd.get(), text.data(), text.size(), 0, there.get(), there.size);
    };
    const Fd fd = udp(), peer = udp(), stranger = udp(), taken = udp();
    EXPECT_EQ(0, connects(taken, wiring::own_name(taken.get()))); // for all others nobody is at its port
    EXPECT_EQ(0, connects(fd, wiring::own_name(taken.get())));
    EXPECT_EQ(0, connects(fd, wiring::own_name(peer.get())));
    EXPECT_EQ("EAGAIN", finds(peer)); // nothing was sent
    sends_to(stranger, fd, "stranger");
    EXPECT_EQ("EAGAIN", finds(fd));
    sends_to(peer, fd, "peer");
    EXPECT_EQ("peer", gets(fd));

    wiring::Name nobody;
    nobody.address.ss_family = AF_UNSPEC;
    nobody.size = sizeof nobody.address;
    EXPECT_EQ(0, connects(fd, nobody));
    sends_to(fd, stranger, "hello"); // gives it a port again: the automatic one went with the peer
    EXPECT_EQ("hello", gets(stranger));
    sends_to(stranger, fd, "stranger");
    EXPECT_EQ("stranger", gets(fd));
    observed(
        "connect() where nobody is: 0; to a peer: nothing arrived there; a stranger's datagram did not come through, and came "
        "after AF_UNSPEC");
}

// "512 bytes", or "1472 is the limit", predicts EMSGSIZE for the first one.
// Convinced: with a limit of one byte more the first send() fails, and the proof is red.
TEST(Q95, TheLimitIs65507)
{
    for (const auto& [ip, limit] : {std::pair{"127.0.0.1", 65'507u}, std::pair{"::1", 65'527u}}) {
        if (limit == 65'527 && !lab::has_ipv6_loopback())
            continue;
        const Fd receiver{wiring::bound_socket(ip, SOCK_DGRAM, false)}, sender{wiring::bound_socket(ip, SOCK_DGRAM, false)};
        const wiring::Name there = wiring::own_name(receiver.get());
        ASSERT_EQ(0, ::connect(sender.get(), there.get(), there.size));
        const std::string datagram = lab::pattern(limit);
        EXPECT_EQ(static_cast<ssize_t>(limit), sends(sender, datagram));
        EXPECT_EQ(datagram, gets(receiver, 70'000));
        EXPECT_EQ(-1, sends(sender, datagram + "x"));
        EXPECT_EQ("EMSGSIZE", lab::errno_name(errno));
    }
    observed("65507 bytes: sent, and came whole; 65508: EMSGSIZE; IPv6: 65527 and 65528");
}

// "[::] always means both" predicts the same picture for both values.
// Convinced: with the option 0 in the second run, too, the connection comes and the proof is red.
TEST(Q104, V6OnlyDecidesWhoMayCome)
{
    if (!lab::has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    const std::string ipv4 = lab::private_loopback(); // nobody else binds there
    std::string peer;
    for (const int only : {0, 1}) {
        const Fd six{::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        ASSERT_TRUE(set_option(six, IPPROTO_IPV6, IPV6_V6ONLY, only));
        const wiring::Name any = wiring::name_of("::", 0);
        ASSERT_EQ(0, ::bind(six.get(), any.get(), any.size));
        EXPECT_FALSE(set_option(six, IPPROTO_IPV6, IPV6_V6ONLY, 1 - only)); // too late
        EXPECT_EQ("EINVAL", lab::errno_name(errno));
        ASSERT_EQ(0, ::listen(six.get(), 4));

        const wiring::Name there = wiring::name_of(ipv4, wiring::port_of(wiring::own_name(six.get())));
        const Fd client{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}, four{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        const int connected = ::connect(client.get(), there.get(), there.size) == 0 ? 0 : errno;
        EXPECT_EQ(only ? ECONNREFUSED : 0, connected);
        const int bound = ::bind(four.get(), there.get(), there.size) == 0 ? 0 : errno;
        EXPECT_EQ(only ? 0 : EADDRINUSE, bound);
        if (only == 0) {
            wiring::Name from;
            from.size = sizeof from.address;
            const Fd server{::accept(six.get(), reinterpret_cast<sockaddr*>(&from.address), &from.size)};
            peer = wiring::ip_of(from);
            EXPECT_EQ("::ffff:127.", peer.substr(0, 11));
        }
    }
    observed("0: the peer is " + peer + ", a second bind() EADDRINUSE; 1: ECONNREFUSED, a second bind() 0; after bind(): EINVAL");
}
