// udp_bind(): the address, and who shares it.
#include "15_udp_server/udp_server.h"

#include "lab/lab.h"

#include <fcntl.h>

using namespace lab;

TEST(Robust, SharesItsAddressWithNobody)
{
    Learner you{{.rule = "a UDP server shares its address with nobody: no second server (EADDRINUSE), no program that it starts.",
                 .why =
                     "With SO_REUSEADDR both binds succeed, and the last one takes all datagrams; with SO_REUSEPORT they share "
                     "them. UDP has no TIME_WAIT, so a restart needs neither. TCP's ports are other ports.",
                 .read = "man 7 socket, SO_REUSEADDR and SO_REUSEPORT; man 2 socket, SOCK_CLOEXEC",
                 .ask = "Q13, Q92"}};
    you.run([] {
        const kata::UniqueFd tcp = kata::open_socket(AF_INET, SOCK_STREAM);
        const kata::Endpoint any = kata::parse_endpoint(private_loopback() + ":0");
        ASSERT_EQ(0, ::bind(tcp.get(), any.address(), any.size));
        const kata::Endpoint same = kata::local_endpoint(tcp.get());
        const kata::UniqueFd first = kata::udp_bind(same);
        expects_error(EADDRINUSE, [&] { kata::udp_bind(same); });
        expects_closed_on_exec(first.get());
    });
    you.finishes();
}

TEST(Robust, SharesAnIPv6AddressWithNobody)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "what holds for an IPv4 address holds for an IPv6 address: a second server gets EADDRINUSE.",
                 .why = "SO_REUSEADDR and SO_REUSEPORT belong to the socket, and stand above the family.",
                 .read = "man 7 socket, SO_REUSEADDR and SO_REUSEPORT; man 7 ipv6",
                 .ask = "Q13, Q92"}};
    you.run([] {
        const kata::UniqueFd first = kata::udp_bind(kata::parse_endpoint("[::1]:0"));
        expects_error(EADDRINUSE, [&] { kata::udp_bind(kata::local_endpoint(first.get())); });
        expects_closed_on_exec(first.get());
    });
    you.finishes();
}

TEST(Robust, LeavesTheSocketBlocking)
{
    Learner you{{.rule = "the socket is a blocking one: who receives from it sleeps until a datagram comes.",
                 .why = "O_NONBLOCK stays with the socket. To whoever gets it from you, recvfrom() says EAGAIN, again and again.",
                 .read = "man 2 socket, SOCK_NONBLOCK; man 2 recv, EAGAIN",
                 .ask = "Q92"}};
    you.run([] {
        const kata::UniqueFd server = kata::udp_bind(kata::parse_endpoint("127.0.0.1:0"));
        expects((::fcntl(server.get(), F_GETFL) & O_NONBLOCK) == 0, "a blocking socket", "O_NONBLOCK is set");
    });
    you.finishes();
}

TEST(Robust, BindsTheAddressThatItWasGiven)
{
    Learner you{{.rule = "a server that was asked for 127.0.0.1 cannot be reached by the machine's other addresses.",
                 .why = "INADDR_ANY takes what comes to any of them, also from outside.",
                 .read = "man 7 ip, \"Address format\"",
                 .ask = "Q10, Q92"}};
    you.run([] {
        const kata::UniqueFd server = kata::udp_bind(kata::parse_endpoint("127.0.0.1:0"));
        std::vector<std::byte> scratch(64);
        for (;;)
            kata::udp_echo_once(server.get(), scratch);
    });
    UdpPeer ann = you.udp("ann"), eve = you.udp("eve");
    eve.aims_at(you.port(), "127.0.0.2");
    eve.sends("let me in");
    ann.sends("hello");
    ann.expects("hello");
    eve.expects_silence(); // had her datagram come in, it would have been answered before ann's
    you.keeps_serving();
}
