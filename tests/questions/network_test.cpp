// Q12, Q24, Q41, Q60, Q63, Q114 and Q115 in a network of their own: what needs sysctls, a capture, or a peer that hears nothing.
#include "segments.h"

#include <vector>

using namespace questions;

namespace {

// That many clients that never hear the answer to their SYN: for the server, half-open connections.
std::vector<Fd> flood(const Network& net, const Fd& listener, int clients)
{
    std::vector<Fd> all;
    for (int i = 0; i < clients; ++i) {
        Fd client = net.bound();
        EXPECT_TRUE(hears_nothing(client));
        wiring::set_nonblocking(client.get(), true);
        const wiring::Name there = wiring::own_name(listener.get());
        EXPECT_EQ("EINPROGRESS", said(::connect(client.get(), there.get(), there.size)));
        all.push_back(std::move(client));
    }
    return all;
}

} // namespace

// "tcp_max_syn_backlog limits the half-open ones" predicts 8 or fewer in both runs: with cookies, the default, it is not even
// read. Convinced: with cookies 0 in both runs the second count is 7, too, and the proof is red.
TEST(Q12, MaxSynBacklogCountsOnlyWithoutCookies)
{
    int half_open[2];
    for (const int cookies : {0, 1}) {
        const Network net{{"ipv4/tcp_syncookies", std::to_string(cookies)}, {"ipv4/tcp_max_syn_backlog", "8"}};
        if (!net.why_not().empty())
            GTEST_SKIP() << net.why_not();
        const Fd listener = net.listener(100);
        const std::vector<Fd> clients = flood(net, listener, 50);
        EXPECT_TRUE(becomes([&] { return net.how_many_in(TCP_SYN_RECV) + net.counted("ListenDrops") >= 50; }));
        half_open[cookies] = net.how_many_in(TCP_SYN_RECV);
    }
    EXPECT_LE(half_open[0], 8);
    EXPECT_EQ(50, half_open[1]);
    observed("50 SYNs, tcp_max_syn_backlog 8, backlog 100: " + std::to_string(half_open[0]) +
             " half-open with tcp_syncookies 0, " + std::to_string(half_open[1]) + " with 1");
}

// "The client gets ECONNREFUSED", or "tcp_abort_on_overflow is for every client": only for one that is let in before the queue is
// full, and ends its handshake after. Convinced: with the setting 0 in both runs nobody is reset and the proof is red.
TEST(Q12, AbortOnOverflowResetsOnlyAHandshakeThatEnds)
{
    for (const int aborts : {0, 1}) {
        const Network net{{"ipv4/tcp_abort_on_overflow", std::to_string(aborts)}};
        if (!net.why_not().empty())
            GTEST_SKIP() << net.why_not();
        const Fd listener = net.listener(10);
        EXPECT_TRUE(hears_only_syns(listener));
        const Fd ann = net.connects_to(listener), bob = net.connects_to(listener); // the server waits for their ACKs
        EXPECT_EQ(0, ::listen(listener.get(), 0));                                 // from now on one may wait for accept()
        EXPECT_TRUE(hears_all(listener));
        sends(ann, "a");
        EXPECT_EQ(POLLIN, comes(listener, POLLIN));
        sends(bob, "b"); // the queue is full
        EXPECT_TRUE(becomes([&] { return net.counted("ListenOverflows") > 0; }));
        EXPECT_EQ(aborts == 1 ? "ECONNRESET" : "EAGAIN", aborts == 1 ? gets(bob) : finds(bob));

        const Fd carl = net.knocks_at(wiring::own_name(listener.get())); // his SYN finds it full: silence in both runs
        EXPECT_TRUE(becomes([&] { return net.counted("ListenOverflows") > 1; }));
        EXPECT_EQ(TCP_SYN_SENT, state_of(carl));
    }
    observed("the queue was full: for who ends his handshake then, nothing with tcp_abort_on_overflow 0, ECONNRESET with 1; "
             "for a new SYN nothing with both");
}

// "65 535 per host": four ports here, and eight connections. Convinced: with one destination for all the fifth fails, and the
// proof is red.
TEST(Q24, PortsRunOutForOneDestinationOnly)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Fd here = net.listener(10), there = net.listener(10);
    ASSERT_TRUE(net.sets("ipv4/ip_local_port_range", "40000 40003"));
    std::vector<Fd> clients;
    for (const Fd* listener : {&here, &there}) {
        for (int i = 0; i < 4; ++i)
            clients.push_back(net.connects_to(*listener));
        const wiring::Name name = wiring::own_name(listener->get());
        EXPECT_EQ("EADDRNOTAVAIL", said(::connect(net.socket(AF_INET, SOCK_STREAM).get(), name.get(), name.size)));
    }
    observed("ip_local_port_range of 4 ports: 4 connections to one server, the 5th EADDRNOTAVAIL, and 4 to another server");
}

// "It is always four segments", or "the ACK of a FIN is the other's FIN": four when the program closes later, three when it
// closes before the ACK has gone out. Convinced: when the second part waits for the ACK, too, three never come and the proof is
// red.
TEST(Q41, FourSegmentsOrThree)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    std::string three;
    {
        Pair ann = net.pair();
        const Capture wire{net};
        ann.client.close();
        EXPECT_EQ("FIN ACK, ACK", wire.flags(2));
        ann.server.close();
        EXPECT_EQ("FIN ACK, ACK", wire.flags(2));
    }
    for (int round = 0; round < 20 && three != "FIN ACK, FIN ACK, ACK";
         ++round) { // the kernel delays an ACK for 40 ms: usually the first
        Pair ann = net.pair();
        set_option(ann.server, IPPROTO_TCP, TCP_QUICKACK, 0);
        const Capture wire{net};
        ann.client.close();
        ann.server.close();
        three = wire.flags(3);
    }
    EXPECT_EQ("FIN ACK, FIN ACK, ACK", three);
    observed("closed later: FIN ACK, ACK, FIN ACK, ACK; closed at once: " + three);
}

// "recv() returns 0", or "send() fails at once": the cable is cut here. The kernel's own timer makes this last: it looks only
// when it repeats, first after 200 ms (TCP_RTO_MIN). Convinced: without hears_nothing() no ETIMEDOUT comes and the proof is red.
TEST(Q60, NothingComesWhenTheCableIsCut)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    net.sets("ipv4/tcp_rto_min_us", "20000"); // since Linux 6.11
    const Pair ann = net.pair();
    EXPECT_TRUE(hears_nothing(ann.client));
    set_option(ann.server, IPPROTO_TCP, TCP_USER_TIMEOUT, 50);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(5, sends(ann.server, "hello"));
    EXPECT_EQ("EAGAIN", finds(ann.server));
    EXPECT_EQ(TCP_ESTABLISHED, state_of(ann.server));
    EXPECT_EQ("ETIMEDOUT", gets(ann.server));
    const auto ms = (std::chrono::steady_clock::now() - begin) / std::chrono::milliseconds{1};
    EXPECT_EQ(TCP_ESTABLISHED, state_of(ann.client)); // and who only reads will never know
    observed("send() = 5, recv() EAGAIN, ESTABLISHED; ETIMEDOUT after " + std::to_string(ms) +
             " ms with TCP_USER_TIMEOUT 50; the other end, which only reads, is still ESTABLISHED");
}

// "A keepalive sends data", or "only a program can answer": the kernel asks and answers, and ends what does not answer. The
// kernel's own timer makes this last: its unit is a second. Convinced: without hears_nothing() nothing ends and the proof is red.
TEST(Q63, AProbeWithoutAnAnswerEndsTheConnection)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Pair ann = net.pair(), bob = net.pair();
    EXPECT_TRUE(hears_nothing(bob.client));
    const Capture wire{net};
    for (const Pair* pair : {&ann, &bob}) {
        for (const int limit : {TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT})
            set_option(pair->server, IPPROTO_TCP, limit, 1); // asks after a second, waits for one more
        set_option(pair->server, SOL_SOCKET, SO_KEEPALIVE, 1);
    }
    EXPECT_EQ("ETIMEDOUT", gets(bob.server));
    EXPECT_EQ("EAGAIN", finds(ann.server)); // ann's program has done nothing
    const Segment probe = wire.next_from(ann.server), answer = wire.next_from(ann.client);
    EXPECT_EQ("ACK", probe.flags);
    EXPECT_EQ(0u, probe.payload);
    EXPECT_EQ(probe.number + 1, answer.acknowledges); // it asks with a number that was confirmed long ago
    observed(
        "a probe: ACK without data, its number 1 below what was confirmed; no answer: ETIMEDOUT; the other connection stands");
}

// "To test that both can send and receive": then an old SYN would be as good as a new one.
// Convinced: with connects_to() in place of the forged SYN an ACK comes, accept() has a client, and the proof is red.
TEST(Q114, ThreeSegmentsConfirmTwoNumbersAndRefuseAnOldSyn)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Fd listener = net.listener(10);
    const Capture wire{net};
    const Fd client = net.connects_to(listener);
    const Segment first = wire.next(), second = wire.next(), third = wire.next();
    EXPECT_EQ("SYN, SYN ACK, ACK", first.flags + ", " + second.flags + ", " + third.flags);
    EXPECT_EQ(first.number + 1, second.acknowledges);
    EXPECT_EQ(second.number + 1, third.acknowledges);
    const Fd accepted = accepted_from(listener);
    EXPECT_NE(-1, accepted.get());

    const Fd nobody = net.bound();
    forges_a_syn(net, port_of(nobody), port_of(listener), 1000);
    EXPECT_EQ("SYN, SYN ACK, RST", wire.flags(3));
    EXPECT_TRUE(becomes([&] { return net.how_many_in(TCP_SYN_RECV) == 0; }));
    EXPECT_EQ(0, comes(listener, POLLIN, 0));
    observed(
        "SYN, SYN ACK, ACK: each number is confirmed by the other side; an old SYN: SYN, SYN ACK, RST, and accept() has nobody");
}

// "Raise the backlog", or "the server is dead until it ends": with cookies a client gets in beside a flood, and pays with
// options. Convinced: with cookies 0 in both runs nobody gets in and the proof is red.
TEST(Q115, CookiesLetAClientInBesideAFlood)
{
    for (const int cookies : {0, 1}) {
        const Network net{{"ipv4/tcp_syncookies", std::to_string(cookies)}, {"ipv4/tcp_timestamps", "0"}};
        if (!net.why_not().empty())
            GTEST_SKIP() << net.why_not();
        const Fd listener = net.listener(10);
        const std::vector<Fd> clients = flood(net, listener, 50);
        const auto stored = [&] { return net.how_many_in(TCP_SYN_RECV); };
        const auto sent = [&] { return net.counted("SyncookiesSent"); };
        EXPECT_TRUE(becomes([&] { return stored() + sent() + net.counted("ListenDrops") >= 50; }));
        EXPECT_LE(stored(), 11);
        const Fd ann = net.knocks_at(wiring::own_name(listener.get()));
        if (cookies == 0) {
            EXPECT_TRUE(becomes([&] { return net.counted("ListenDrops") > 50 - stored(); }));
            EXPECT_EQ(TCP_SYN_SENT, state_of(ann));
            continue;
        }
        ASSERT_EQ(POLLOUT, comes(ann, POLLOUT));
        const Fd accepted = accepted_from(listener);
        EXPECT_EQ(0, info_of(accepted).tcpi_options & (TCPI_OPT_SACK | TCPI_OPT_WSCALE));
        EXPECT_NE(0, info_of(net.pair().client).tcpi_options & (TCPI_OPT_SACK | TCPI_OPT_WSCALE)); // on a quiet listener
        observed("50 SYNs, backlog 10: " + std::to_string(stored()) + " stored, " + std::to_string(sent()) +
                 " cookies; a client got in, without SACK and window scale; with tcp_syncookies 0: SYN_SENT");
    }
}
