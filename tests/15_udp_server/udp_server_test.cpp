#include "15_udp_server/udp_server.h"

#include "lab/lab.h"

using namespace lab;

namespace {

// A server with room for `room` bytes, on a port that the kernel chooses.
auto serve(std::size_t room = 64, const char* where = "127.0.0.1:0")
{
    return [=] {
        const kata::UniqueFd server = kata::udp_bind(kata::parse_endpoint(where));
        std::vector<std::byte> scratch(room);
        for (;;)
            kata::udp_echo_once(server.get(), scratch);
    };
}

} // namespace

TEST(Works, EchoesADatagram)
{
    Learner you{{.rule = "a UDP server is a bound socket and a loop: recvfrom a datagram, sendto its sender.",
                 .why = "recvfrom() says how many bytes came: send these. And from whom, where addrlen says how much room there "
                        "is: send them "
                        "there. There is no connection: nothing to listen for, to accept or to close.",
                 .read = "man 7 udp, DESCRIPTION; man 2 recvfrom",
                 .ask = "Q92, Q93"}};
    you.run(serve());
    UdpPeer ann = you.udp("ann");
    ann.sends("hello");
    ann.expects("hello");
    ann.sends("again");
    ann.expects("again");
    you.keeps_serving();
}

TEST(Works, AnswersWhoeverAsks)
{
    Learner you{
        {.rule = "an answer goes to the sender of its own datagram, from the port that was asked.",
         .why = "One socket serves everybody. If it is connected, the kernel drops what others send; another socket has another "
                "port, and ann, who is connected, never sees what comes from there.",
         .read = "man 2 connect, DESCRIPTION; man 2 recvfrom",
         .ask = "Q92, Q94"}};
    you.run(serve());
    UdpPeer ann = you.udp("ann"), bob = you.udp("bob");
    ann.connects();
    ann.sends("ann 1");
    ann.expects("ann 1");
    bob.sends("bob 1");
    bob.expects("bob 1");
    ann.sends("ann 2");
    ann.expects("ann 2");
    you.keeps_serving();
}

TEST(Works, KeepsEveryByte)
{
    Learner you{{.rule = "a datagram is bytes: a zero does not end it, and nothing is added.",
                 .why = "recvfrom() told you how many there are. strlen() and scratch.size() do not know.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q93, Q97"}};
    you.run(serve());
    UdpPeer ann = you.udp("ann");
    ann.sends("a longer one");
    ann.expects("a longer one");
    ann.sends({"a\0b\xff\r\n", 6});
    ann.expects({"a\0b\xff\r\n", 6});
    you.keeps_serving();
}

TEST(Works, ReportsWhatCame)
{
    Learner you{{.rule = "the caller learns who sent how much, and finds the bytes at the beginning of scratch.",
                 .why = "recvfrom() writes the sender's address into the room that addrlen names before the call.",
                 .read = "man 2 recvfrom, src_addr and addrlen",
                 .ask = "Q92, Q97"}};
    UdpPeer ann = you.udp_wire("ann");
    const std::string ann_is = "127.0.0.1:" + std::to_string(ann.port());
    you.run([&] {
        std::vector<std::byte> scratch(64);
        const kata::Received received = kata::udp_echo_once(you.fd(), scratch);
        EXPECT_EQ(ann_is, to_string(received.from));
        EXPECT_EQ(sizeof(sockaddr_in), received.from.size) << "the size of ann's address, in bytes";
        EXPECT_EQ(5u, received.size) << "the size that you report";
        EXPECT_EQ("hello", text(scratch).substr(0, 5));
        expects(received.echoed, "echoed is true: the answer was sent", "it is false");
    });
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}

TEST(Works, ServesIPv6)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "the family is that of the address you were given, and a sender's address may need 28 bytes.",
                 .why = "The kernel cuts an address that does not fit, and says nothing. sockaddr_storage has room for any.",
                 .read = "man 7 socket, \"Socket address structures\"; man 2 recvfrom",
                 .ask = "Q6, Q92"}};
    you.run(serve(64, "[::1]:0"));
    UdpPeer ann = you.udp("ann");
    ann.sends("hello");
    ann.expects("hello");
    you.keeps_serving();
}

TEST(Robust, AnswersASenderBehindAnInterface)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "a link-local sender is known, and reached, with its interface only: fe80::5%7 is not fe80::5.",
                 .why =
                     "The same address may be in use behind each network card. sin6_scope_id says which one it is: answer with "
                     "the whole address as it came.",
                 .read = "man 7 ipv6, sin6_scope_id; man 2 recvfrom",
                 .ask = "Q6, Q92"}};
    you.peers_are_called("fe80::5%7");
    you.run([] {
        const kata::UniqueFd server = kata::udp_bind(kata::parse_endpoint("[::1]:0"));
        std::vector<std::byte> scratch(64);
        const std::string from = to_string(kata::udp_echo_once(server.get(), scratch).from);
        EXPECT_EQ("[fe80::5%7]", from.substr(0, from.find(']') + 1)) << "the sender that you report, without its port";
    });
    UdpPeer ann = you.udp("ann");
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}

TEST(Robust, AnswersEachDatagramAlone)
{
    Learner you{
        {.rule = "one answer for each datagram: they are never joined, and wait their turn while another is answered.",
         .why = "Each receive gives one datagram, even when more wait in the socket's queue. Only a connected socket refuses "
                "some of them.",
         .read = "man 7 udp, DESCRIPTION; man 2 connect",
         .ask = "Q93, Q94, Q96"}};
    you.nth(Family::writing, 1).pauses();
    you.run(serve());
    UdpPeer ann = you.udp("ann"), bob = you.udp("bob");
    ann.sends("one");
    ASSERT_TRUE(you.paused()) << "you read ann's datagram and never tried to answer";
    ann.sends("two");
    bob.sends("three");
    you.resume();
    ann.expects("one");
    ann.expects("two");
    bob.expects("three");
    you.keeps_serving();
}

TEST(Robust, EchoesTheLargestDatagram)
{
    constexpr Lesson lesson{
        .rule = "a datagram may have 65 507 bytes, 65 527 over IPv6; one that fills scratch to the last byte has fitted.",
        .why = "65 535 bytes of an IP packet, less 20 for its header and 8 for UDP's. The number alone does not say whether "
               "something was cut off: MSG_TRUNC does. And scratch may have more bytes than 16 bits can count.",
        .read = "RFC 768, Length; man 2 recv, MSG_TRUNC",
        .ask = "Q95, Q97"};
    on_both_families([&](std::string_view ip) {
        const std::size_t most = ip == "::1" ? 65527 : 65507;
        for (const std::size_t room : {most, std::size_t{65536}}) {
            if (HasFailure())
                return;
            Learner you{lesson};
            you.run(serve(room, ip == "::1" ? "[::1]:0" : "127.0.0.1:0"));
            UdpPeer ann = you.udp("ann");
            ann.sends(pattern(most));
            ann.expects(pattern(most));
            you.keeps_serving();
        }
    });
}

TEST(Robust, ReportsADatagramThatDoesNotFit)
{
    Learner you{{.rule = "a datagram that was cut must not pass for a whole one: report its real size, leave its beginning in "
                         "scratch, and do not answer.",
                 .why =
                     "The kernel gives what fits and throws the rest away; the next call gives the next datagram. With the flag "
                     "MSG_TRUNC the call returns the real size.",
                 .read = "man 2 recv, MSG_TRUNC; man 7 udp, DESCRIPTION",
                 .ask = "Q97"}};
    UdpPeer ann = you.udp_wire("ann");
    const std::string ann_is = "127.0.0.1:" + std::to_string(ann.port());
    you.run([&] {
        std::vector<std::byte> scratch(8);
        const kata::Received cut = kata::udp_echo_once(you.fd(), scratch);
        EXPECT_EQ(12u, cut.size) << "the size that you report, before the cut to 8";
        expects(!cut.echoed, "echoed is false: what was cut is not sent back", "it is true");
        EXPECT_EQ(ann_is, to_string(cut.from));
        EXPECT_EQ("hello, w", text(scratch)) << "what scratch has of it";
        EXPECT_EQ(4u, kata::udp_echo_once(you.fd(), scratch).size) << "the size that you report of the next datagram";
        EXPECT_EQ(1u, kata::udp_echo_once(you.fd(), {}).size) << "the size that you report where scratch has no room at all";
        expects(kata::udp_echo_once(you.fd(), {}).echoed, "an empty datagram fits where there is no room, and is answered",
                "echoed is false");
    });
    ann.sends("hello, world");
    ann.sends("next");
    ann.expects("next");
    ann.sends("x");
    ann.sends("");
    ann.expects("");
    you.finishes();
}

TEST(Hostile, AnswersAnEmptyDatagram)
{
    Learner you{
        {.rule = "a datagram of 0 bytes is a message like any other: it is answered, and it ends nothing.",
         .why =
             "0 is the end of a stream, and UDP has none. A server that stops there can be stopped by anybody with one packet.",
         .read = "man 2 recv, RETURN VALUE",
         .ask = "Q97"}};
    you.run(serve());
    UdpPeer ann = you.udp("ann");
    ann.sends("");
    ann.expects("");
    ann.sends("hello");
    ann.expects("hello");
    you.keeps_serving();
}
