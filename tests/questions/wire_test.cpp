// Q125, Q138, Q143, Q145 and Q148: ports, headers and segments of one's own network.
#include "segments.h"
#include "streams.h"

#include <array>

using namespace questions;

namespace {

// A connection that one end closes first; the other follows.
void opens_and_closes(const Network& net, const Fd& listener, bool client_first)
{
    Fd client = net.connects_to(listener), server = accepted_from(listener);
    (client_first ? client : server).close();
    EXPECT_EQ("", gets(client_first ? server : client));
}

std::string connecting(const Network& net, const Fd& listener, Fd& client)
{
    const wiring::Name there = wiring::own_name(listener.get());
    client = net.socket(AF_INET, SOCK_STREAM);
    return said(::connect(client.get(), there.get(), there.size));
}

} // namespace

// "TIME_WAIT eats the server's ports": it takes a port only from who closed first, and only for the same destination. Two ports
// here. Convinced: with the server first in both runs nothing fails and the proof is red.
TEST(Q125, TimeWaitCostsPortsOnlyWhereTheClientClosesFirst)
{
    for (const bool client_first : {true, false}) {
        const Network net{{"ipv4/tcp_tw_reuse", "0"}};
        if (!net.why_not().empty())
            GTEST_SKIP() << net.why_not();
        const Fd listener = net.listener(10), other = net.listener(10);
        ASSERT_TRUE(net.sets("ipv4/ip_local_port_range", "40000 40001"));
        for (int i = 0; i < 2; ++i)
            opens_and_closes(net, listener, client_first);
        EXPECT_TRUE(becomes([&] { return net.how_many_in(TCP_TIME_WAIT) >= 1; }));
        Fd client;
        EXPECT_EQ(client_first ? "EADDRNOTAVAIL" : "0", connecting(net, listener, client));
        EXPECT_EQ("0", connecting(net, other, client));
    }
    EXPECT_EQ(-1, lab::kernel_setting("net/ipv4/tcp_tw_recycle")); // it went with Linux 4.12
    observed(
        "2 ports, the client closed first: EADDRNOTAVAIL; the server first: 0; to another server: 0; tcp_tw_recycle: not there");
}

// "The header says how long the data are", or "an ACK is the number plus one": neither. Convinced: with two bytes in place of the
// five both sums are others and the proof is red.
TEST(Q138, AHeaderHasNumbersFlagsAWindowAndOptions)
{
    const Network net{{"ipv4/tcp_timestamps", "1"}};
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Capture wire{net};
    const Pair ann = net.pair();
    const Segment syn = wire.next(), answer = wire.next();
    EXPECT_EQ(syn.number + 1, answer.acknowledges); // a SYN counts as one byte
    for (const int kind : {TCPOPT_MAXSEG, TCPOPT_SACK_PERMITTED, TCPOPT_TIMESTAMP, TCPOPT_WINDOW})
        EXPECT_NE(-1, syn.option(kind)) << kind;
    EXPECT_EQ(40u, syn.header);
    wire.forgets_all();

    sends(ann.client, "hello");
    const Segment data = wire.next_from(ann.client), ack = wire.next_from(ann.server);
    EXPECT_EQ("PSH ACK", data.flags);
    EXPECT_EQ(32u, data.header); // 20, and the time stamps with two bytes of padding
    EXPECT_EQ(-1, data.option(TCPOPT_MAXSEG));
    EXPECT_EQ(data.number + 5, ack.acknowledges); // the next byte that it expects
    ::shutdown(ann.client.get(), SHUT_WR);
    const Segment fin = wire.next_from(ann.client), last = wire.next_from(ann.server);
    EXPECT_EQ(fin.number + 1, last.acknowledges); // so does a FIN
    observed("SYN: 40 bytes, with MSS, SACK-permitted, time stamps and window scale; 5 bytes of data: 32, their ACK 5 higher");
}

// "TCP_NODELAY sends each write at once, and TCP_CORK is its opposite": the cork holds back until it is pulled, and MSG_MORE is a
// cork for one call. Convinced: without the two lines that cork, all three send two segments and the proof is red.
TEST(Q143, ACorkJoinsWhatNodelayWouldSplit)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Pair ann = net.pair();
    set_option(ann.client, IPPROTO_TCP, TCP_NODELAY, 1);
    const Capture wire{net};
    const auto payloads = [&](std::size_t wanted) {
        std::string text;
        for (std::size_t sum = 0; sum < wanted;) {
            const Segment segment = wire.next_from(ann.client);
            if (segment.from == 0)
                break;
            sum += segment.payload;
            if (segment.payload > 0)
                text += (text.empty() ? "" : " ") + std::to_string(segment.payload);
        }
        return text;
    };
    sends(ann.client, "head"), sends(ann.client, "body");
    EXPECT_EQ("4 4", payloads(8));
    ::send(ann.client.get(), "head", 4, MSG_MORE), sends(ann.client, "body");
    EXPECT_EQ("8", payloads(8));
    set_option(ann.client, IPPROTO_TCP, TCP_CORK, 1);
    sends(ann.client, "head"), sends(ann.client, "body");
    const int held = asks(ann.client, SIOCOUTQNSD);
    EXPECT_EQ(8, held); // for 200 ms at most, tcp(7) says
    set_option(ann.client, IPPROTO_TCP, TCP_CORK, 0);
    EXPECT_EQ("8", payloads(8));
    observed("TCP_NODELAY: segments of 4 and 4 bytes; MSG_MORE: 8; TCP_CORK: " + std::to_string(held) + " bytes held, then 8");
}

// "connect() without a server fails." One port is free here, so the client gets the one that it calls.
// Convinced: when the free port is another one, the call is refused and the proof is red.
TEST(Q145, AClientMayMeetItself)
{
    const Network net{{"ipv4/ip_local_port_range", "40000 40000"}};
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const wiring::Name there = wiring::name_of("127.0.0.1", 40000);
    const Fd client = net.socket(AF_INET, SOCK_STREAM);
    EXPECT_EQ("0", said(::connect(client.get(), there.get(), there.size)));
    EXPECT_EQ(40000, port_of(client));
    sends(client, "hello");
    EXPECT_EQ("hello", gets(client));
    const Fd server = net.socket(AF_INET, SOCK_STREAM);
    set_option(server, SOL_SOCKET, SO_REUSEADDR, 1);
    EXPECT_EQ("EADDRINUSE", said(::bind(server.get(), there.get(), there.size)));
    observed("connect() to port 40000 without a server: 0, from port 40000; it read its own \"hello\"; the server's bind(): "
             "EADDRINUSE");
}

// "The handshake always costs a round trip before the data": the second time the SYN brings them.
// Convinced: with tcp_fastopen 0 the first call fails with EOPNOTSUPP and the proof is red.
TEST(Q148, TheSecondSynBringsTheRequest)
{
    const Network net{{"ipv4/tcp_fastopen", "3"}};
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Fd listener = net.listener(10);
    EXPECT_TRUE(set_option(listener, IPPROTO_TCP, TCP_FASTOPEN, 10));
    const wiring::Name there = wiring::own_name(listener.get());
    const Capture wire{net};
    std::array<std::size_t, 2> in_the_syn{};
    for (std::size_t& bytes : in_the_syn) {
        const Fd client = net.socket(AF_INET, SOCK_STREAM);
        ASSERT_EQ("5", said(::sendto(client.get(), "hello", 5, MSG_FASTOPEN | MSG_NOSIGNAL, there.get(), there.size)));
        const Segment syn = wire.next_from(client);
        EXPECT_EQ("SYN", syn.flags);
        bytes = syn.payload;
        EXPECT_EQ("hello", gets(accepted_from(listener)));
    }
    EXPECT_EQ((std::array<std::size_t, 2>{0, 5}), in_the_syn); // the first time it asked for a cookie
    observed("bytes in the SYN: 0 the first time, then, with the cookie, 5");
}
