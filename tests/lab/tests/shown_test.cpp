// Peers that have a link-local name, which is no name without its interface.
#include "lab/lab.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab;

namespace {

struct ScopedName {
    sockaddr_in6 in6{};
    socklen_t size = sizeof in6;
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&in6); }
    std::string text() const
    {
        char ip[INET6_ADDRSTRLEN];
        return ::inet_ntop(AF_INET6, &in6.sin6_addr, ip, sizeof ip) + ("%" + std::to_string(in6.sin6_scope_id));
    }
};

#define SKIP_WITHOUT_IPV6()                                                                                                      \
    if (!has_ipv6_loopback())                                                                                                    \
    GTEST_SKIP() << "no ::1 on this machine"

} // namespace

TEST(ShownName, IsThatOfAClient)
{
    SKIP_WITHOUT_IPV6();
    Learner you;
    const int listener = you.listener(4, false, "::1");
    you.peers_are_called("fe80::5%7");
    Peer ann = you.connect("ann");
    you.run([listener] {
        ScopedName from, peer, short_name;
        const int fd = ::accept4(listener, from.get(), &from.size, SOCK_CLOEXEC);
        EXPECT_EQ("fe80::5%7", from.text());
        EXPECT_EQ(0, ::getpeername(fd, peer.get(), &peer.size));
        EXPECT_EQ("fe80::5%7", peer.text());
        EXPECT_EQ(from.in6.sin6_port, peer.in6.sin6_port);
        short_name.size = 20; // too small for the scope: as the kernel cuts it
        EXPECT_EQ(0, ::getpeername(fd, short_name.get(), &short_name.size));
        EXPECT_EQ("::%0", short_name.text());
        ::close(fd);
    });
    you.finishes();
}

TEST(ShownName, IsThatOfASenderAndLeadsBack)
{
    SKIP_WITHOUT_IPV6();
    Learner you;
    you.peers_are_called("fe80::5%7");
    you.run([] {
        ScopedName own;
        own.in6.sin6_family = AF_INET6;
        own.in6.sin6_addr = in6addr_loopback;
        const int fd = ::socket(AF_INET6, SOCK_DGRAM, 0);
        EXPECT_EQ(0, ::bind(fd, own.get(), own.size));
        for (const bool by_message : {false, true}) {
            ScopedName from;
            char byte = 0;
            iovec piece{&byte, 1};
            msghdr message{};
            message.msg_name = from.get();
            message.msg_namelen = from.size;
            message.msg_iov = &piece;
            message.msg_iovlen = 1;
            EXPECT_EQ(1, by_message ? ::recvmsg(fd, &message, 0) : ::recvfrom(fd, &byte, 1, 0, from.get(), &from.size));
            EXPECT_EQ("fe80::5%7", from.text());
            EXPECT_EQ(1, by_message ? ::sendmsg(fd, &message, 0) : ::sendto(fd, &byte, 1, 0, from.get(), from.size));
            from.in6.sin6_scope_id = by_message ? 0 : 8;
            EXPECT_EQ(-1, by_message ? ::sendmsg(fd, &message, 0) : ::sendto(fd, &byte, 1, 0, from.get(), from.size));
            EXPECT_EQ(ENETUNREACH, errno);
        }
        ::close(fd);
    });
    UdpPeer ann = you.udp("ann");
    for (const char* word : {"a", "b"}) {
        ann.sends(word);
        ann.expects(word);
    }
    ann.expects_silence();
    you.finishes();
}

TEST(ShownName, IsWhereALearnerConnects)
{
    SKIP_WITHOUT_IPV6();
    Learner you;
    Host server = you.host("server", "::1");
    you.peers_are_called("fe80::5%7");
    you.run([port = server.port()] {
        ScopedName to;
        to.in6.sin6_family = AF_INET6;
        to.in6.sin6_port = htons(port);
        ::inet_pton(AF_INET6, "fe80::5", &to.in6.sin6_addr);
        const int fd = ::socket(AF_INET6, SOCK_STREAM, 0);
        EXPECT_EQ(-1, ::connect(fd, to.get(), to.size));
        EXPECT_EQ(EINVAL, errno);
        to.in6.sin6_scope_id = 7;
        EXPECT_EQ(0, ::connect(fd, to.get(), to.size));
        ::close(fd);
    });
    server.accepts().expects_end();
    you.finishes();
}

TEST(ShownName, NeedsAnInterface)
{
    Learner you;
    EXPECT_THROW(you.peers_are_called("fe80::5"), std::logic_error);
    EXPECT_THROW(you.peers_are_called("127.0.0.1%7"), std::logic_error);
    you.run([] {});
    you.finishes();
}
