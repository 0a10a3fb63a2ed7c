// Q129, Q135, Q140 and Q146: who is alive, who is slow, and who is on the other side.
#include "segments.h"
#include "streams.h"

using namespace questions;

// "A keep-alive connection stays": the server may end it while my next request is on its way, and send() does not say so.
// Convinced: without the server's close() the request arrives and the proof is red.
TEST(Q129, AReusedConnectionMayHaveJustEnded)
{
    Pair ann = tcp_pair();
    sends(ann.client, "GET /1");
    EXPECT_EQ("GET /1", gets(ann.server));
    sends(ann.server, "200");
    EXPECT_EQ("200", gets(ann.client)); // both keep the connection for the next request
    EXPECT_EQ("EAGAIN", finds(ann.client));
    ann.server.close();                        // the server's idle limit
    EXPECT_EQ(6, sends(ann.client, "GET /2")); // send() does not look
    EXPECT_EQ("", gets(ann.client));           // no answer, and nobody has done it: safe to repeat on a new connection
    observed("the second request: send() = 6, recv() = 0; it reached no program");
}

// "A time-out is a time-out": the states and counters of one socket, as ss -tino shows them, tell four kinds apart.
// Convinced: when the peer hears all, nothing is repeated and the second part is red.
TEST(Q135, FourTimeoutsLookDifferent)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    net.sets("ipv4/tcp_rto_min_us", "20000"); // since Linux 6.11; else it repeats after 200 ms
    const Fd deaf = net.listener(10);
    EXPECT_TRUE(hears_nothing(deaf));
    EXPECT_EQ(TCP_SYN_SENT, state_of(net.knocks_at(wiring::own_name(deaf.get())))); // 1: nobody answers the SYN

    const Pair lost = net.pair(), full = net.pair(), slow = net.pair();
    EXPECT_TRUE(hears_nothing(lost.server));
    sends(lost.client, "request");
    EXPECT_TRUE(becomes([&] { return info_of(lost.client).tcpi_total_retrans > 0; })); // 2: the network loses it
    EXPECT_EQ(1u, info_of(lost.client).tcpi_unacked);

    fills(full.client, SIZE_MAX); // 3: its program does not read
    EXPECT_TRUE(becomes([&] { return info_of(full.client).tcpi_unacked == 0 && asks(full.client, SIOCOUTQNSD) > 0; }));

    sends(slow.client, "request"); // 4: it has the request, and does not answer
    EXPECT_TRUE(becomes([&] { return asks(slow.client, SIOCOUTQ) == 0; }));
    EXPECT_EQ("EAGAIN", finds(slow.client));
    observed("SYN_SENT | unacked 1, repeated | all acknowledged, " + std::to_string(asks(full.client, SIOCOUTQNSD)) +
             " bytes not sent: zero window | all acknowledged, no answer");
}

// "getpeername() is the client": behind a balancer it is the balancer. Convinced: with the client's port in the first comparison,
// as this answer predicts, the proof is red.
TEST(Q140, TheServerSeesTheBalancer)
{
    const Fd front{wiring::listening_socket("127.0.0.1", 4, false)}, back{wiring::listening_socket("127.0.0.1", 4, false)};
    const Fd client = client_of(front), in = accepted_from(front); // the balancer has two connections
    const Fd out = client_of(back), server = accepted_from(back);
    const std::string clients_port = std::to_string(port_of(client));
    sends(out, "PROXY TCP4 127.0.0.1 127.0.0.1 " + clients_port + " " + std::to_string(port_of(front)) + "\r\n");
    sends(client, "hello");
    sends(out, gets(in));

    wiring::Name peer;
    peer.size = sizeof peer.address;
    EXPECT_EQ(0, ::getpeername(server.get(), reinterpret_cast<sockaddr*>(&peer.address), &peer.size));
    EXPECT_EQ(port_of(out), wiring::port_of(peer));
    std::string text = gets(server);
    while (text.find("hello") == std::string::npos)
        text += gets(server);
    EXPECT_NE(std::string::npos, text.find(' ' + clients_port + ' '));
    observed("the client has port " + clients_port + "; getpeername() says " + std::to_string(wiring::port_of(peer)) +
             ", the balancer's; the first line says: " + text.substr(0, text.find('\r')));
}

// "TCP has acknowledged it, so it is alive": the kernel has, and the program hangs. Convinced: when the program answers, the
// limit does not pass and the proof is red.
TEST(Q146, TheKernelAcknowledgesForAProgramThatHangs)
{
    const Pair ann = tcp_pair(); // nobody will read at ann.server
    set_option(ann.client, SOL_SOCKET, SO_KEEPALIVE, 1);
    sends(ann.client, "ping");
    EXPECT_TRUE(becomes([&] { return asks(ann.client, SIOCOUTQ) == 0; })); // acknowledged
    EXPECT_EQ(0, option(ann.client, SOL_SOCKET, SO_ERROR));
    EXPECT_EQ(0, comes(ann.client, POLLIN, 10)); // no pong within my limit
    EXPECT_EQ(TCP_ESTABLISHED, state_of(ann.client));
    observed("the ping is acknowledged, ESTABLISHED, no error; no pong in 10 ms: only the heartbeat knows");
}
