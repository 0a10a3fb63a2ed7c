// What a message carries beside its bytes, and which address an answer comes from.
#include "recorded.h"

#include <cstring>
#include <gtest/gtest-spi.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace lab;

namespace {

struct Letter {
    char byte = '?';
    iovec piece{&byte, 1};
    sockaddr_in other{};
    alignas(cmsghdr) char control[128] = {};
    msghdr head{};
    explicit Letter(std::size_t room)
    {
        head.msg_name = &other;
        head.msg_namelen = sizeof other;
        head.msg_iov = &piece;
        head.msg_iovlen = 1;
        head.msg_control = room > 0 ? control : nullptr;
        head.msg_controllen = room;
    }
    void writes_pktinfo(in_addr_t local, std::size_t size)
    {
        in_pktinfo info{};
        info.ipi_spec_dst.s_addr = htonl(local);
        cmsghdr* const part = CMSG_FIRSTHDR(&head);
        part->cmsg_level = IPPROTO_IP;
        part->cmsg_type = IP_PKTINFO;
        part->cmsg_len = size;
        std::memcpy(CMSG_DATA(part), &info, sizeof info);
    }
};

// A learner on the wildcard address, with these options.
int binds(std::initializer_list<std::pair<int, int>> options)
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM, 0), on = 1;
    for (const auto& [level, option] : options)
        EXPECT_EQ(0, ::setsockopt(fd, level, option, &on, sizeof on));
    const sockaddr_in any{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_ANY)}, .sin_zero = {}};
    EXPECT_EQ(0, ::bind(fd, reinterpret_cast<const sockaddr*>(&any), sizeof any));
    return fd;
}

} // namespace

TEST(Control, MessagesAreShown)
{
    Learner you;
    you.run([] {
        const int fd = binds({{SOL_SOCKET, SO_TIMESTAMP}, {IPPROTO_IP, IP_PKTINFO}, {IPPROTO_IP, IP_RECVTTL}});
        Letter one{128}, two{40}, three{0}, answer{CMSG_SPACE(sizeof(in_pktinfo))};
        EXPECT_EQ(1, ::recvmsg(fd, &one.head, 0));
        EXPECT_EQ(1, ::recvmsg(fd, &two.head, 0));
        EXPECT_EQ(1, ::recvmsg(fd, &three.head, 0));
        answer.other = one.other;
        answer.writes_pktinfo(INADDR_LOOPBACK + 1, CMSG_LEN(sizeof(in_pktinfo)));
        EXPECT_EQ(1, ::sendmsg(fd, &answer.head, 0));
        answer.writes_pktinfo(INADDR_LOOPBACK + 1, CMSG_SPACE(sizeof(in_pktinfo)));
        EXPECT_EQ(-1, ::sendmsg(fd, &answer.head, 0));
        EXPECT_EQ(0, ::close(fd));
    });
    UdpPeer bob = you.udp("bob");
    for (const char* ip : {"127.255.255.255", "127.0.0.2", "127.0.0.2"}) {
        bob.aims_at(you.port(), ip);
        bob.sends("x");
    }
    bob.expects("?");
    you.finishes();
    EXPECT_EQ("... recvmsg(3)  1  \"x\" from bob, SO_TIMESTAMP, IP_PKTINFO 127.0.0.1 (header 127.255.255.255), IP_TTL\n"
              "... recvmsg(3)  1  \"x\" from bob, SO_TIMESTAMP, control messages cut\n"
              "... recvmsg(3)  1  \"x\" from bob, control messages cut\n"
              "sendmsg(3, \"?\", 1, bob, IP_PKTINFO 127.0.0.2) 1\n"
              "sendmsg(3, \"?\", 1, bob, IP_PKTINFO with cmsg_len 32) -1  EINVAL\n",
              rows_with("... recvmsg(", you.diagram()) + rows_with("sendmsg(", you.diagram()));
}

TEST(UdpPeers, NoticeAnAnswerFromAnotherAddress)
{
    Learner you;
    you.run([] {
        const int fd = binds({});
        Letter letter{0};
        EXPECT_EQ(1, ::recvmsg(fd, &letter.head, 0));
        EXPECT_EQ(1, ::sendmsg(fd, &letter.head, 0));
        EXPECT_EQ(0, ::close(fd));
    });
    UdpPeer bob = you.udp("bob");
    bob.aims_at(you.port(), "127.0.0.2");
    bob.sends("x");
    EXPECT_NONFATAL_FAILURE(bob.expects("x"), "came      the datagram \"x\" from 127.0.0.1, and bob asked 127.0.0.2");
    you.finishes();
    EXPECT_EQ("bob sends \"x\" to 127.0.0.2\nbob receives \"x\" from 127.0.0.1\n",
              rows_with(" bob sends", you.diagram()) + rows_with(" bob receives", you.diagram()));
}
