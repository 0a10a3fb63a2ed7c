#include "serves.h"

#include <arpa/inet.h>
#include <linux/net_tstamp.h>
#include <netinet/ip.h>

using namespace lab;
using namespace std::string_view_literals;

TEST(Works, AnswersFromTheAddressThatWasAsked)
{
    Learner you{{.rule = "an answer comes from the address that the question went to.",
                 .why = "A socket on 0.0.0.0 has no address of its own: unless you name one, the kernel takes the one that the "
                        "route to the client prefers, here 127.0.0.1. IP_PKTINFO tells you the address, and takes it back.",
                 .read = "man 7 ip, IP_PKTINFO",
                 .ask = "Q101"}};
    you.run(serves);
    UdpPeer ann = you.udp("ann", "127.0.0.2"), bob = you.udp("bob", "127.0.0.1");
    ann.sends("hello");
    ann.expects("hello");
    bob.sends("hi");
    bob.expects("hi");
    you.keeps_serving();
}

TEST(Works, ReportsWhatCame)
{
    Learner you{{.rule = "the caller learns the bytes, the sender, and the address that the sender asked.",
                 .why =
                     "recvmsg() fills msg_name up to msg_namelen and says there how much it used. getsockname() knows only what "
                     "was bound: 0.0.0.0.",
                 .read = "man 2 recvmsg, msg_name; man 7 ip, IP_PKTINFO",
                 .ask = "Q97, Q101"}};
    UdpPeer ann = you.udp("ann");
    const std::string ann_is = "127.0.0.1:" + std::to_string(ann.port());
    you.run([&] {
        const kata::UniqueFd server = every_address();
        const kata::Datagram question = takes(server.get(), 64);
        EXPECT_EQ("a\0b\xff"sv, text(question.data));
        EXPECT_EQ(ann_is, to_string(question.from));
        EXPECT_EQ(sizeof(sockaddr_in), question.from.size) << "the size of ann's address, in bytes";
        EXPECT_EQ("127.0.0.2", std::string{::inet_ntoa(question.local)});
        expects(!question.truncated, "truncated is false for 4 bytes, where cap is 64", "it is true");
    });
    ann.aims_at(you.port(), "127.0.0.2");
    ann.sends("a\0b\xff"sv);
    you.finishes();
}

TEST(Works, KeepsTwoConversationsApart)
{
    Learner you{{.rule = "the address belongs to the datagram: whoever is answered later is answered from there, too.",
                 .why = "You got both questions before you answered one, and the socket remembers neither address. Both clients "
                        "have connected: their kernel drops what comes from anywhere else, and tells nobody. So does a NAT.",
                 .read = "man 2 connect, DESCRIPTION; man 7 ip, IP_PKTINFO",
                 .ask = "Q94, Q101"}};
    you.run([] {
        const kata::UniqueFd server = every_address();
        const kata::Datagram first = takes(server.get(), 64), second = takes(server.get(), 64);
        answers(server.get(), second);
        answers(server.get(), first);
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2"), bob = you.udp("bob", "127.0.0.3");
    ann.connects();
    bob.connects();
    ann.sends("from ann");
    bob.sends("from bob");
    bob.expects("from bob");
    ann.expects("from ann");
    you.finishes();
}

TEST(Robust, LeavesTheChoiceToTheKernel)
{
    Learner you{{.rule = "a `local` of 0.0.0.0 names no address: the kernel chooses, as it does without IP_PKTINFO.",
                 .why =
                     "INADDR_ANY as a source means \"any\". It is no error, and nothing to replace by hand. All else is as for "
                     "any answer: a signal and the news of another client pass, a firewall's no is told.",
                 .read = "man 7 ip, IP_PKTINFO; man 7 udp, \"Error handling\"",
                 .ask = "Q98, Q101"}};
    for (std::uint32_t n = 1; const int error : {EINTR, ECONNREFUSED, ECONNREFUSED, EPERM})
        you.nth(Family::writing, ++n).fails(error);
    you.run([] {
        const kata::UniqueFd server = every_address();
        serves_one(server.get()); // whose source must not stay
        const kata::Datagram question = takes(server.get(), 64);
        expects_error(EPERM, [&] { replies(server.get(), {INADDR_ANY}, question.from, bytes("forbidden")); });
        replies(server.get(), {INADDR_ANY}, question.from, question.data);
    });
    UdpPeer bob = you.udp("bob", "127.0.0.2"), ann = you.udp("ann", "127.0.0.1");
    bob.sends("hi");
    bob.expects("hi");
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}

TEST(Robust, FindsItAmongOtherMessages)
{
    Learner you{{.rule = "the address is found wherever its message stands, and other messages leave it room.",
                 .why = "The kernel puts SO_TIMESTAMP before IP_PKTINFO and IP_TTL after it. Only level and type together say "
                        "what a message is; what does not fit is dropped, with MSG_CTRUNC in msg_flags.",
                 .read = "man 3 cmsg, DESCRIPTION and EXAMPLES; man 2 recv, MSG_CTRUNC",
                 .ask = "Q102"}};
    you.run([] {
        const kata::UniqueFd server = every_address();
        serves_one(server.get());
        const int on = 1;
        EXPECT_EQ(0, ::setsockopt(server.get(), SOL_SOCKET, SO_TIMESTAMP, &on, sizeof on));
        EXPECT_EQ(0, ::setsockopt(server.get(), IPPROTO_IP, IP_RECVTTL, &on, sizeof on));
        for (;;)
            serves_one(server.get());
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    for (const char* question : {"plain", "decorated", "again"}) {
        ann.sends(question);
        ann.expects(question);
    }
    you.keeps_serving();
}

TEST(Robust, KnowsTheMessageByItsType)
{
    Learner you{{.rule = "a message of the level IPPROTO_IP is the address only if its type is IP_PKTINFO.",
                 .why =
                     "IP_PKTINFO is off here, and IP_RECVOPTS is on: it brings 40 bytes of the sender's choice. Who takes these "
                     "for an in_pktinfo lets a stranger choose from where the answer goes out.",
                 .read = "man 3 cmsg, DESCRIPTION; man 7 ip, IP_RECVOPTS",
                 .ask = "Q101, Q102"}};
    you.run([] {
        const kata::UniqueFd server = kata::open_socket(AF_INET, SOCK_DGRAM);
        const kata::Endpoint where = kata::parse_endpoint("0.0.0.0:0");
        const int on = 1;
        EXPECT_EQ(0, ::setsockopt(server.get(), IPPROTO_IP, IP_RECVOPTS, &on, sizeof on));
        EXPECT_EQ(0, ::bind(server.get(), where.address(), where.size));
        in_addr local{};
        const std::string came = error_of([&] { local = takes(server.get(), 64).local; });
        expects(came == "ENOMSG", "ENOMSG", came == "no error" ? std::string{"`local` is "} + ::inet_ntoa(local) : came);
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    const std::string nothing(40, IPOPT_NOOP);
    ASSERT_EQ(0, ::setsockopt(ann.fd(), IPPROTO_IP, IP_OPTIONS, nothing.data(), 40));
    ann.sends("hello");
    you.finishes();
}

TEST(Robust, FindsItBehindTheNewsOfADrop)
{
    Learner you{{.rule = "control messages have any length, yours is where the walk comes to it, and 256 bytes of others change "
                         "nothing.",
                 .why = "After a drop SO_RXQ_OVFL puts a message of 20 bytes before IP_PKTINFO. The next one begins behind its "
                        "padding, at 24: CMSG_NXTHDR() knows that, a pointer that you move yourself does not. What stands behind "
                        "yours, with MSG_CTRUNC when it is cut, says nothing against yours.",
                 .read = "man 3 cmsg, CMSG_NXTHDR; man 7 socket, SO_RXQ_OVFL",
                 .ask = "Q102"}};
    you.run([] {
        const kata::UniqueFd server = every_address();
        const int on = 1, little = 1;                                                // the kernel makes it more
        const int stamps = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE; // 64 bytes more: in all 120 before yours
        for (const int option : {SO_RXQ_OVFL, SO_TIMESTAMP})
            EXPECT_EQ(0, ::setsockopt(server.get(), SOL_SOCKET, option, &on, sizeof on));
        EXPECT_EQ(0, ::setsockopt(server.get(), SOL_SOCKET, SO_TIMESTAMPING, &stamps, sizeof stamps));
        for (const int option : {IP_RECVTTL, IP_RECVTOS, IP_RECVORIGDSTADDR, IP_RECVOPTS}) // 136 behind it
            EXPECT_EQ(0, ::setsockopt(server.get(), IPPROTO_IP, option, &on, sizeof on));
        EXPECT_EQ(0, ::setsockopt(server.get(), SOL_SOCKET, SO_RCVBUF, &little, sizeof little));
        wait_for_the_test(); // until its queue is full
        kata::Datagram question;
        while (text(question.data) != "after a drop")
            question = takes(server.get(), 64);
        answers(server.get(), question);
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ASSERT_TRUE(you.paused());
    const std::string nothing(40, IPOPT_NOOP); // as many options as a header can have
    ASSERT_EQ(0, ::setsockopt(ann.fd(), IPPROTO_IP, IP_OPTIONS, nothing.data(), 40));
    for (int i = 0; i < 16; ++i)
        ann.sends(pattern(64));
    you.resume();
    ann.sends("after a drop");
    ann.expects("after a drop");
    you.finishes();
}

TEST(Hostile, AnswersABroadcast)
{
    Learner you{{.rule = "a question to everybody is answered from an address of this machine.",
                 .why =
                     "The header's destination (ipi_addr) is the broadcast address here, and no datagram may leave from there. "
                     "ipi_spec_dst is the address that an answer can come from.",
                 .read = "man 7 ip, IP_PKTINFO; RFC 1122 section 3.2.1.3",
                 .ask = "Q101"}};
    you.run(serves);
    UdpPeer eve = you.udp("eve", "127.255.255.255"), ann = you.udp("ann", "127.0.0.2");
    eve.sends("anybody?");
    eve.expects("anybody?");
    ann.sends("hello");
    ann.expects("hello");
    you.keeps_serving();
}

TEST(Hostile, AnswersAGroup)
{
    Learner you{{.rule = "a question to a multicast group is answered from an address of this machine, as one to everybody.",
                 .why = "The header's destination (ipi_addr) is the group, and no machine has that address. Whoever looks for "
                        "\"...255\" finds some broadcasts, and no group. ipi_spec_dst is right for all of them.",
                 .read = "man 7 ip, IP_PKTINFO and IP_ADD_MEMBERSHIP; RFC 1122 section 3.2.1.3",
                 .ask = "Q101"}};
    you.run([] {
        const kata::UniqueFd server = every_address();
        const ip_mreq group{{::inet_addr("239.1.2.3")}, {htonl(INADDR_LOOPBACK)}};
        EXPECT_EQ(0, ::setsockopt(server.get(), IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group));
        const kata::Datagram question = takes(server.get(), 64);
        EXPECT_EQ("127.0.0.1", std::string{::inet_ntoa(question.local)}) << "question.local, of a question to 239.1.2.3";
        answers(server.get(), question);
    });
    UdpPeer ann = you.udp("ann", "239.1.2.3");
    const in_addr loopback{htonl(INADDR_LOOPBACK)};
    ASSERT_EQ(0, ::setsockopt(ann.fd(), IPPROTO_IP, IP_MULTICAST_IF, &loopback, sizeof loopback));
    ann.sends("anybody?");
    const UdpPeer::Datagram answer = ann.receives(); // from another address than the one that it asked
    you.finishes();
    EXPECT_EQ("anybody?", answer.bytes) << "what ann receives";
}
