// Q126 to Q128, Q131 and Q137: what TCP does when the network loses segments. Each proof has a network of its own.
#include "segments.h"
#include "streams.h"

#include <array>

using namespace questions;

// "A lost segment waits for the timer": only when nothing comes after it. The kernel's own timer makes the second part last: 200
// ms at least (TCP_RTO_MIN), less where that is a sysctl. Convinced: without the three later segments the first part needs the
// timer, too, and is red.
TEST(Q126, LaterSegmentsReportALossAtOnce)
{
    const Network net{{"ipv4/tcp_early_retrans", "0"}}; // no probe at the tail (RFC 8985), which could come before the timer
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    std::array<std::chrono::steady_clock::duration, 2> waited{};
    for (const int timer : {0, 1}) {
        net.sets("ipv4/tcp_rto_min_us", timer == 0 ? "1000000" : "20000"); // since Linux 6.11
        const Pair ann = net.pair();
        set_option(ann.client, IPPROTO_TCP, TCP_NODELAY, 1);
        EXPECT_TRUE(hears_nothing(ann.server));
        const auto begin = std::chrono::steady_clock::now();
        sends(ann.client, "1");
        EXPECT_TRUE(hears_all(ann.server));
        for (const char* later : {"2", "3", "4"})
            if (timer == 0)
                sends(ann.client, later);
        std::string got = gets(ann.server);
        while (timer == 0 && got.size() < 4)
            got += gets(ann.server);
        waited[static_cast<std::size_t>(timer)] = std::chrono::steady_clock::now() - begin;
        EXPECT_EQ(timer == 0 ? "1234" : "1", got);
        EXPECT_EQ(timer, net.counted("TCPTimeouts"));
        EXPECT_EQ(1, net.counted("TCPFastRetrans"));
    }
    const auto us = [&](int part) {
        return std::to_string(waited[static_cast<std::size_t>(part)] / std::chrono::microseconds{1});
    };
    observed("a lost segment with three after it: there after " + us(0) + " us, no time-out; the last one: after " + us(1) +
             " us, by the timer");
}

// "The receive buffer is the window", or "16 bits are enough": without scaling no more than 65 535 bytes are on their way,
// however large the buffers. Convinced: with the setting 0 in both runs the second figure is too small and the proof is red.
TEST(Q127, WithoutScalingTheWindowEndsAt65535)
{
    std::array<int, 2> on_the_way{};
    for (const int scaling : {0, 1}) {
        const Network net{{"ipv4/tcp_window_scaling", std::to_string(scaling)},
                          {"ipv4/tcp_rmem", "4096 4000000 4000000"},
                          {"ipv4/tcp_wmem", "4096 4000000 4000000"}};
        if (!net.why_not().empty())
            GTEST_SKIP() << net.why_not();
        const Capture wire{net};
        const Pair ann = net.pair();
        EXPECT_EQ(scaling == 1, wire.next().option(TCPOPT_WINDOW) > 0); // in the SYN
        std::string end;
        for (int i = 0; i < 4; ++i) // the window and cwnd grow only with what arrives
            reads(ann.server, fills(ann.client, 1 << 20), end);
        EXPECT_TRUE(hears_nothing(ann.server)); // no ACK comes from now on
        fills(ann.client, SIZE_MAX);
        on_the_way[static_cast<std::size_t>(scaling)] = asks(ann.client, SIOCOUTQ) - asks(ann.client, SIOCOUTQNSD);
    }
    EXPECT_LE(on_the_way[0], 65'535);
    EXPECT_GT(on_the_way[1], 65'535);
    observed("buffers of 4 MB, no ACK comes: " + std::to_string(on_the_way[0]) + " bytes on their way without window scaling, " +
             std::to_string(on_the_way[1]) + " with it");
}

// "When the third ACK is lost, the server answers the data with a reset": the data carry the same ACK.
// Convinced: without hears_all() nothing gets through and the proof is red.
TEST(Q128, DataBringTheLostThirdAck)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Fd listener = net.listener(10);
    EXPECT_TRUE(hears_only_syns(listener));
    const Fd client = net.connects_to(listener);
    EXPECT_EQ(TCP_ESTABLISHED, state_of(client));
    EXPECT_TRUE(becomes([&] { return net.how_many_in(TCP_SYN_RECV) == 1; }));
    EXPECT_EQ(0, comes(listener, POLLIN, 0));
    EXPECT_TRUE(hears_all(listener));
    sends(client, "hello");
    ASSERT_EQ(POLLIN, comes(listener, POLLIN));
    EXPECT_EQ("hello", gets(accepted_from(listener)));
    observed(
        "the third ACK was lost: client ESTABLISHED, server SYN_RECV; then the data came, accept() and recv() gave \"hello\"");
}

// "Somebody must listen." Convinced: without hears_all() the crossing SYN is lost, too, and the proof is red.
TEST(Q128, TwoSynsMayCrossWithoutAListener)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Fd ann = net.bound(), bob = net.bound();
    const auto knocks = [](const Fd& from, const Fd& to) {
        wiring::set_nonblocking(from.get(), true);
        const wiring::Name there = wiring::own_name(to.get());
        return said(::connect(from.get(), there.get(), there.size));
    };
    const Capture wire{net};
    EXPECT_TRUE(hears_nothing(ann)); // bob does not connect yet: he answers ann's SYN with a reset
    EXPECT_EQ("EINPROGRESS", knocks(ann, bob));
    EXPECT_EQ("SYN, RST ACK", wire.flags(2));
    EXPECT_TRUE(hears_all(ann));
    EXPECT_EQ("EINPROGRESS", knocks(bob, ann));
    EXPECT_EQ("SYN, SYN ACK", wire.flags(2)); // his SYN finds no listener, but a socket in SYN_SENT
    EXPECT_EQ(POLLOUT, comes(ann, POLLOUT));
    sends(bob, "hello");
    EXPECT_EQ("hello", gets(ann));
    observed("both called connect() and nobody listen(): SYN, SYN, SYN ACK, and \"hello\" came through");
}

// "The first number is 0", or "a clock": RFC 6528 adds a secret hash, so that nobody can guess the number of another connection.
// Numbers of a clock alone would lie close together; by chance eight do that once in 10^16 runs. Convinced: with one connection's
// number in place of all the gap is 0 and the proof is red.
TEST(Q128, TheFirstNumberCannotBeGuessed)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Fd listener = net.listener(10);
    const Capture wire{net};
    std::uint32_t before = 0, widest = 0;
    for (int i = 0; i < 8; ++i) {
        const Fd client = net.connects_to(listener);
        const std::uint32_t number = wire.next_from(client).number;
        if (i > 0)
            widest = std::max(widest, std::min(number - before, before - number));
        before = number;
    }
    EXPECT_GT(widest, 10'000'000u);
    observed("the first numbers of 8 connections in a row lie up to " + std::to_string(widest) + " apart");
}

// "HTTP/2 has no head-of-line blocking": TCP under it has. Convinced: without the loss nothing is held back and the proof is red.
TEST(Q131, AHoleInTcpHoldsBackWhatIsBehind)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    const Pair ann = net.pair();
    set_option(ann.client, IPPROTO_TCP, TCP_NODELAY, 1);
    EXPECT_TRUE(hears_no_data_that_begin_with(ann.server, 'A')); // repeats neither
    sends(ann.client, "A of stream 1");
    sends(ann.client, "B of stream 2");
    EXPECT_TRUE(becomes([&] { return info_of(ann.client).tcpi_sacked == 1; })); // B has arrived, the peer's kernel says
    EXPECT_EQ("EAGAIN", finds(ann.server));

    const Fd bob = net.bound(SOCK_DGRAM), carl = net.bound(SOCK_DGRAM);
    const wiring::Name there = wiring::own_name(carl.get());
    EXPECT_EQ(0, ::connect(bob.get(), there.get(), there.size));
    EXPECT_TRUE(hears_nothing(carl));
    sends(bob, "A of stream 1");
    EXPECT_TRUE(hears_all(carl));
    sends(bob, "B of stream 2");
    EXPECT_EQ("B of stream 2", gets(carl));
    observed("A was lost, B was there: recv() EAGAIN on TCP, \"B of stream 2\" on UDP");
}

// "MTU and MSS are the same": the MSS is what is left after 40 bytes of headers, and options take of it.
// Convinced: with an MTU of 9000 both figures are others and the proof is red.
TEST(Q137, TheMssIsTheMtuWithoutTheHeaders)
{
    const Network net;
    if (!net.why_not().empty())
        GTEST_SKIP() << net.why_not();
    if (!net.has_mtu(1500) || !net.cuts_segments_itself())
        GTEST_SKIP() << "the loopback keeps its MTU and its offloads here: " << lab::errno_name(errno);
    const Capture wire{net};
    const Pair ann = net.pair();
    const Segment syn = wire.next();
    EXPECT_EQ(1460, syn.option(TCPOPT_MAXSEG));
    wire.forgets_all();
    sends(ann.client, std::string(10'000, 'm'));
    const Segment full = wire.next_from(ann.client);
    EXPECT_EQ(1460u, full.payload + full.header - 20);
    observed("MTU 1500: the SYN says MSS " + std::to_string(syn.option(TCPOPT_MAXSEG)) + "; a full segment has " +
             std::to_string(full.payload) + " bytes of data and " + std::to_string(full.header - 20) + " of options");
}

// "Then connect() would fail": what is small passes a black hole. Convinced: with 100 bytes in place of the 1400 all arrives, and
// the first part is red.
TEST(Q137, ABlackHoleSwallowsOnlyWhatIsLarge)
{
    for (const int probing : {0, 2}) {
        const Network net{{"ipv4/tcp_mtu_probing", std::to_string(probing)}, {"ipv4/tcp_base_mss", "512"}};
        if (!net.why_not().empty())
            GTEST_SKIP() << net.why_not();
        if (!net.has_mtu(1500) || !net.cuts_segments_itself())
            GTEST_SKIP() << "the loopback keeps its MTU and its offloads here: " << lab::errno_name(errno);
        net.sets("ipv4/tcp_rto_min_us", "20000"); // since Linux 6.11; else it repeats after 200 ms
        const Pair ann = net.pair();
        EXPECT_TRUE(hears_segments_up_to(ann.server, 1000)); // and no ICMP says why
        sends(ann.client, "small");
        EXPECT_EQ("small", gets(ann.server));
        sends(ann.client, std::string(1400, 'l'));
        if (probing == 0) {
            EXPECT_TRUE(becomes([&] { return info_of(ann.client).tcpi_total_retrans >= 1; }));
            EXPECT_EQ("EAGAIN", finds(ann.server));
            EXPECT_EQ(TCP_ESTABLISHED, state_of(ann.client));
        } else {
            std::string end;
            EXPECT_EQ(1400u, reads(ann.server, 1400, end));
        }
    }
    observed("5 bytes arrived, 1400 were repeated in vain; with tcp_mtu_probing 2 and tcp_base_mss 512 they arrived");
}
