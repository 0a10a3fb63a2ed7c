#include "17_udp_reply_source/udp_reply_source.h"

#include "01_socket/socket.h"
#include "lab/lab.h"

#include <arpa/inet.h>
#include <csignal>
#include <sys/socket.h>

using namespace lab;
using namespace std::string_view_literals;

namespace {

kata::UniqueFd every_address()
{
    kata::UniqueFd fd = kata::open_socket(AF_INET, SOCK_DGRAM);
    kata::enable_pktinfo(fd.get());
    const kata::Endpoint where = kata::parse_endpoint("0.0.0.0:0");
    EXPECT_EQ(0, ::bind(fd.get(), where.address(), where.size));
    return fd;
}

void answers(int fd, const kata::Datagram& question) { kata::reply_from(fd, question.local, question.from, question.data); }
void serves_one(int fd) { answers(fd, kata::recv_datagram(fd, 13)); }
void serves()
{
    for (const kata::UniqueFd server = every_address();;)
        serves_one(server.get());
}

} // namespace

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
        const kata::Datagram question = kata::recv_datagram(server.get(), 64);
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
        const kata::Datagram first = kata::recv_datagram(server.get(), 64), second = kata::recv_datagram(server.get(), 64);
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

TEST(Robust, DoesNotGuess)
{
    Learner you{{.rule = "a datagram without its address is an error of the call, never an answer from somewhere.",
                 .why = "IP_PKTINFO is off here. A `local` of 0.0.0.0 would work on every machine with one address, and lose the "
                        "answers on all others.",
                 .read = "man 3 cmsg, CMSG_FIRSTHDR; man 7 ip, IP_PKTINFO",
                 .ask = "Q101, Q102"}};
    UdpPeer ann = you.udp_wire("ann");
    you.run([&] {
        expects_error(ENOMSG, [&] { kata::recv_datagram(you.fd(), 64); });
        kata::enable_pktinfo(you.fd());
        EXPECT_EQ("with", text(kata::recv_datagram(you.fd(), 64).data));
    });
    ann.sends("without");
    ann.sends("with");
    you.finishes();
}

TEST(Robust, TakesAnySize)
{
    Learner you{
        {.rule = "what does not fit is cut and reported; what fits exactly is whole; 0 bytes are a message, 65 507 too.",
         .why = "The kernel throws the rest away, and the result is 8 in both cases: MSG_TRUNC in msg_flags tells them apart. "
                "0 would be the end of a stream, and UDP has none.",
         .read = "man 2 recv, RETURN VALUE and MSG_TRUNC; RFC 768, Length",
         .ask = "Q95, Q97"}};
    you.run([] {
        const kata::UniqueFd server = every_address();
        const kata::Datagram cut = kata::recv_datagram(server.get(), 8), whole = kata::recv_datagram(server.get(), 8);
        EXPECT_EQ("hello, w", text(cut.data));
        expects(cut.truncated, "truncated is true for 12 bytes, where cap is 8", "it is false");
        EXPECT_EQ("8 bytes.", text(whole.data));
        expects(!whole.truncated, "truncated is false for 8 bytes, where cap is 8", "it is true");
        serves_one(server.get());
        answers(server.get(), kata::recv_datagram(server.get(), 65507));
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    for (const std::string& datagram : {std::string{"hello, world"}, std::string{"8 bytes."}, std::string{}, pattern(65507)})
        ann.sends(datagram);
    ann.expects("");
    ann.expects(pattern(65507));
    you.finishes();
}

TEST(Robust, TriesAgainOnlyWhatCanPass)
{
    Learner you{
        {.rule = "EINTR means that nothing was received or sent yet: try again. Any other error is thrown with its errno.",
         .why = "A signal handler without SA_RESTART ran. EPERM is a firewall's no, and EBADF stays what it is.",
         .read = "man 7 signal, \"Interruption of system calls\"; man 2 sendmsg, ERRORS",
         .ask = "Q88, Q98"}};
    you.nth(Family::reading, 1).fails(EINTR);
    you.nth(Family::writing, 1).fails(EINTR);
    you.nth(Family::writing, 3).fails(EPERM);
    you.run([] {
        const kata::UniqueFd server = every_address();
        serves_one(server.get());
        expects_error(EPERM, [&] { serves_one(server.get()); });
        expects_error(EBADF, [] { kata::enable_pktinfo(63); });
        expects_error(EBADF, [] { kata::recv_datagram(63, 64); });
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    you.gets_signal(SIGUSR1);
    ann.sends("hello");
    ann.expects("hello");
    ann.sends("forbidden");
    you.finishes();
}

TEST(Robust, RefusesAnAddressOfAnotherMachine)
{
    if (has_address("203.0.113.7"))
        GTEST_SKIP() << "203.0.113.7 may be used as an address of this machine";
    Learner you{
        {.rule = "an answer whose source address this machine does not have is an error, and is not sent from another one.",
         .why = "Linux looks the source up among its own addresses before it sends. What the client gets from elsewhere it "
                "drops, so a call that reports success has lied.",
         .read = "man 7 ip, IP_PKTINFO; RFC 1122 section 4.1.3.5",
         .ask = "Q101"}};
    you.run([] {
        const kata::UniqueFd server = every_address();
        const kata::Datagram question = kata::recv_datagram(server.get(), 64);
        const std::string came =
            error_of([&] { kata::reply_from(server.get(), {::inet_addr("203.0.113.7")}, question.from, bytes("forged")); });
        expects(came != "no error", "std::system_error for an answer from 203.0.113.7", came);
        answers(server.get(), question);
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ann.sends("hello");
    ann.expects("hello");
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

TEST(Hostile, LosesNothingWhileItAnswers)
{
    Learner you{{.rule = "while you answer one client it may leave, and another may ask: neither costs anybody else anything.",
                 .why =
                     "bob's question waits in the queue of the one socket that serves everybody. A second socket on the port, a "
                     "connect() for the answer, or IP_RECVERR, which makes the next call fail for ann, take it away from him.",
                 .read = "man 2 connect, DESCRIPTION; man 7 socket, SO_REUSEADDR; man 7 udp, \"Error handling\"",
                 .ask = "Q94, Q98, Q101"}};
    you.nth(Family::writing, 1).pauses();
    you.run(serves);
    UdpPeer ann = you.udp("ann", "127.0.0.2"), bob = you.udp("bob", "127.0.0.2");
    ann.sends("goodbye");
    ASSERT_TRUE(you.paused()) << "you read ann's datagram and never tried to answer";
    ann.closes();
    bob.sends("hello");
    you.resume();
    bob.expects("hello");
    you.keeps_serving();
}
