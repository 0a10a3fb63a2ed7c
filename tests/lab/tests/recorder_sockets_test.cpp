// The recorder with every kind of socket: IPv6, AF_UNIX, datagrams, messages that bring descriptors.
#include "recorded.h"

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

using namespace lab;

namespace {

// A message of `bytes`, with room for descriptors.
struct Message {
    explicit Message(std::string_view bytes, std::size_t descriptors = 0) : size{bytes.size()}
    {
        std::memcpy(payload, bytes.data(), size);
        head.msg_iov = &part;
        head.msg_iovlen = 1;
        part = {payload, size};
        if (descriptors == 0)
            return;
        head.msg_control = control;
        head.msg_controllen = CMSG_SPACE(descriptors * sizeof(int));
    }
    Message(const Message&) = delete;
    Message& operator=(const Message&) = delete;

    void encloses(std::initializer_list<int> descriptors)
    {
        cmsghdr* const part_of_control = CMSG_FIRSTHDR(&head);
        part_of_control->cmsg_level = SOL_SOCKET;
        part_of_control->cmsg_type = SCM_RIGHTS;
        part_of_control->cmsg_len = CMSG_LEN(descriptors.size() * sizeof(int));
        std::memcpy(CMSG_DATA(part_of_control), descriptors.begin(), descriptors.size() * sizeof(int));
    }

    std::size_t size;
    char payload[64]{};
    alignas(cmsghdr) char control[64]{};
    iovec part{};
    msghdr head{};
};

} // namespace

TEST(Recorder, ShowsIpv6)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you;
    you.run([] {
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_addr = in6addr_loopback;
        const int listener = ::socket(AF_INET6, SOCK_STREAM, 0);
        EXPECT_EQ(0, ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address));
        EXPECT_EQ(0, ::listen(listener, 1));
        closes(::accept(listener, nullptr, nullptr));
        closes(listener);
    });
    Peer bob = you.connect("bob");
    you.finishes();
    EXPECT_EQ("socket(AF_INET6, SOCK_STREAM)  3\n"
              "bind(3, [::1]:0)  0  bound to [::1]:P\n"
              "listen(3, 1)  0  listening on [::1]:P\n"
              "accept(3)  zzz  it sleeps\n"
              "bob connects\n"
              "... accept(3)  4  bob\n"
              "close(4)  0\n"
              "close(3)  0\n",
              rows_of(you.diagram()));
}

TEST(Recorder, ShowsUnixSockets)
{
    Learner you;
    you.run([] {
        const sa_family_t unnamed = AF_UNIX; // the kernel picks an abstract name: unix(7), "Autobind feature"
        sockaddr_un address{};
        socklen_t size = sizeof address;
        const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0), client = ::socket(AF_UNIX, SOCK_STREAM, 0);
        EXPECT_EQ(0, ::bind(listener, reinterpret_cast<const sockaddr*>(&unnamed), sizeof unnamed));
        EXPECT_EQ(0, ::listen(listener, 1));
        EXPECT_EQ(0, ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size));
        EXPECT_EQ(0, ::connect(client, reinterpret_cast<const sockaddr*>(&address), size));
        closes(::accept(listener, nullptr, nullptr));
        closes(client);
        closes(listener);
    });
    you.finishes();
    EXPECT_EQ("socket(AF_UNIX, SOCK_STREAM)  3\n"
              "socket(AF_UNIX, SOCK_STREAM)  4\n"
              "bind(3, no name)  0  bound to an abstract name\n"
              "listen(3, 1)  0  listening on an abstract name\n"
              "getsockname(3)  0  an abstract name\n"
              "connect(4, an abstract name)  0\n"
              "accept(3)  5  no name\n"
              "close(5)  0\n"
              "close(4)  0\n"
              "close(3)  0\n",
              rows_of(you.diagram()));
}

TEST(Recorder, ShowsDatagrams)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    you.run([] {
        char bytes[4];
        sockaddr_in from{};
        socklen_t size = sizeof from;
        EXPECT_EQ(2, ::recvfrom(3, bytes, sizeof bytes, 0, reinterpret_cast<sockaddr*>(&from), &size));
        EXPECT_EQ(2, ::sendto(3, bytes, 2, 0, reinterpret_cast<const sockaddr*>(&from), size));
        EXPECT_EQ(0, ::recv(3, bytes, sizeof bytes, 0));
        Message message{"1234"};
        message.head.msg_name = &from;
        message.head.msg_namelen = sizeof from;
        EXPECT_EQ(4, ::recvmsg(3, &message.head, 0));
        EXPECT_EQ(4, ::sendmsg(3, &message.head, 0));
    });
    bob.sends("hi");
    bob.expects("hi");
    bob.sends("");
    bob.sends("five!");
    bob.expects("five");
    you.finishes();
    EXPECT_EQ("recvfrom(3, 4 bytes)  zzz  it sleeps\n"
              "bob sends \"hi\"\n"
              "... recvfrom(3)  2  \"hi\" from bob\n"
              "sendto(3, \"hi\", 2, bob)  2\n"
              "recv(3, 4 bytes)  zzz  it sleeps\n"
              "bob receives \"hi\"\n"
              "bob sends an empty datagram\n"
              "... recv(3)  0  an empty datagram\n"
              "recvmsg(3)  zzz  it sleeps\n"
              "bob sends \"five!\"\n"
              "... recvmsg(3)  4  \"five\" from bob, cut from 5\n"
              "sendmsg(3, \"five\", 4, bob)  4\n"
              "bob receives \"five\"\n",
              rows_of(you.diagram()));
}

TEST(Recorder, ShowsEachDatagramOfMany)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    you.nth(Family::writing, 3).fails(EPERM);
    you.run([] {
        sockaddr_in from{};
        Message first{"...."}, second{"...."};
        first.head.msg_name = &from;
        first.head.msg_namelen = sizeof from;
        mmsghdr both[]{{first.head, 0}, {second.head, 0}};
        EXPECT_EQ(1, ::recvmmsg(3, both, 2, MSG_WAITFORONE, nullptr));
        EXPECT_EQ(2u, both[0].msg_len);
        EXPECT_EQ(2, ::recvmmsg(3, both, 2, 0, nullptr));
        EXPECT_EQ(-1, ::recvmmsg(3, both, 2, MSG_DONTWAIT, nullptr));
        both[0].msg_hdr.msg_name = nullptr;
        EXPECT_EQ(-1, ::sendmmsg(99, both, 2, 0));
        EXPECT_EQ(0, ::connect(3, reinterpret_cast<const sockaddr*>(&from), sizeof from));
        EXPECT_EQ(1, ::sendmmsg(3, both, 2, 0));
    });
    bob.sends("hi");
    bob.sends("1");
    bob.sends("22");
    bob.expects("1i..");
    you.finishes();
    EXPECT_EQ("recvmsg(3)  zzz  it sleeps\n"
              "... recvmsg(3)  2  \"hi\" from bob\n"
              "recvmsg(3, DONTWAIT)  -1  EAGAIN\n"
              "recvmsg(3)  zzz  it sleeps\n"
              "... recvmsg(3)  1  \"1\" from bob\n"
              "recvmsg(3)  zzz  it sleeps\n"
              "... recvmsg(3)  2  \"22\"\n"
              "recvmsg(3, DONTWAIT)  -1  EAGAIN\n"
              "sendmsg(99, \"1i..\", 4)  -1  EBADF\n"
              "sendmsg(3, \"1i..\", 4)  4\n"
              "sendmsg(3, \"22..\", 4)  -1  EPERM  [injected]\n",
              rows_with("msg(", you.diagram()));
}

TEST(Recorder, ShowsDescriptorsThatAMessageBringsAndTakes)
{
    Learner you;
    you.run([] {
        int ends[2];
        EXPECT_EQ(0, ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
        Message letter{"x", 2}, envelope{"?", 2}, small{"?", 1};
        letter.encloses({ends[0], ends[1]});
        EXPECT_EQ(1, ::sendmsg(ends[0], &letter.head, 0));
        EXPECT_EQ(1, ::recvmsg(ends[1], &envelope.head, 0));
        closes(5);
        closes(6);
        EXPECT_EQ(1, ::sendmsg(ends[0], &letter.head, 0));
        EXPECT_EQ(1, ::recvmsg(ends[1], &small.head, 0)); // CMSG_SPACE(one) has room for two on this machine: unix(7)
        closes(5);
        ::close(6);
        letter.encloses({ends[0]});
        EXPECT_EQ(1, ::sendmsg(ends[0], &letter.head, 0));
        Message none{"?"};
        EXPECT_EQ(1, ::recvmsg(ends[1], &none.head, 0));
        closes(ends[0]);
        closes(ends[1]);
    });
    you.finishes();
    EXPECT_EQ("recvmsg(4)  1  \"x\" and descriptors 5 to 6\n"
              "recvmsg(4)  1  \"x\" and descriptors 5 to 6\n"
              "recvmsg(4)  1  \"x\", descriptors lost\n",
              rows_with(" recvmsg(", you.diagram()));
    EXPECT_EQ("sendmsg(3, \"x\", 1, descriptors 3, 4)  1\n"
              "sendmsg(3, \"x\", 1, descriptors 3, 4)  1\n"
              "sendmsg(3, \"x\", 1, descriptor 3)  1\n",
              rows_with("sendmsg(", you.diagram()));
}
