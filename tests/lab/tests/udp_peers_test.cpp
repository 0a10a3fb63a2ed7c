// What the peers of a UDP learner can do: lose, repeat, reorder, cut and forge.
#include "recorded.h"

#include <cerrno>
#include <gtest/gtest-spi.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab;

namespace {

// The learner asks bob on descriptor 3, and asks again after 30 ms without an answer, but waits for the third answer as long as
// it takes; the answer, and how often it asked.
std::string asks(const sockaddr_in& bob, int& times)
{
    char answer[8];
    for (times = 1; times < 10; ++times) {
        pollfd p{3, POLLIN, 0};
        EXPECT_EQ(1, ::sendto(3, "?", 1, 0, reinterpret_cast<const sockaddr*>(&bob), sizeof bob));
        if (::poll(&p, 1, times < 3 ? 30 : -1) != 1)
            continue;
        const ssize_t n = ::recv(3, answer, sizeof answer, 0);
        return n < 0 ? "error" : std::string(answer, static_cast<std::size_t>(n));
    }
    return "nothing";
}

sockaddr_in address_of(const UdpPeer& peer)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(peer.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::string receives()
{
    char bytes[8];
    const ssize_t n = ::recv(3, bytes, sizeof bytes, 0);
    return n < 0 ? "error" : std::string(bytes, static_cast<std::size_t>(n));
}

} // namespace

TEST(UdpPeers, Lose)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    const sockaddr_in there = address_of(bob);
    you.run([=] {
        int times = 0;
        EXPECT_EQ("!", asks(there, times));
        EXPECT_EQ(3, times);
    });
    bob.receives("lost");
    bob.receives("lost");
    bob.expects("?");
    bob.sends("!");
    you.finishes();
    EXPECT_EQ("bob \"?\" is lost\nbob \"?\" is lost\nbob receives \"?\"\nbob sends \"!\"\n",
              rows_with(" bob \"?\" is lost", you.diagram()) + rows_with(" bob receives", you.diagram()) +
                  rows_with(" bob sends", you.diagram()));
}

TEST(UdpPeers, RepeatAndReorder)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    you.run([] {
        EXPECT_EQ("2", receives());
        EXPECT_EQ("1", receives());
        EXPECT_EQ("1", receives());
        EXPECT_EQ("", receives());
    });
    for (const char* datagram : {"2", "1", "1", ""})
        bob.sends(datagram);
    you.finishes();
}

TEST(UdpPeers, SendMoreThanTheLearnerTakes)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    you.run([] {
        EXPECT_EQ("12345678", receives()) << "the rest of the datagram is gone";
        EXPECT_EQ("next", receives());
    });
    bob.sends("123456789");
    bob.sends("next");
    you.finishes();
}

TEST(UdpPeers, ForgeFromAnotherPort)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob"), eve = you.udp("eve");
    const sockaddr_in there = address_of(bob);
    you.run([=] {
        char bytes[8];
        sockaddr_in from{};
        socklen_t size = sizeof from;
        EXPECT_EQ(2, ::sendto(3, "hi", 2, 0, reinterpret_cast<const sockaddr*>(&there), sizeof there));
        EXPECT_EQ(1, ::recvfrom(3, bytes, sizeof bytes, 0, reinterpret_cast<sockaddr*>(&from), &size));
        EXPECT_NE(there.sin_port, from.sin_port);
    });
    const UdpPeer::Datagram hello = bob.receives();
    EXPECT_TRUE(hello.came);
    eve.aims_at(hello.from_port, hello.from_ip);
    eve.sends("x");
    you.finishes();
    EXPECT_EQ("... recvfrom(3)  1  \"x\" from eve\n", rows_with("... recvfrom(", you.diagram()));
}

TEST(UdpPeers, AreDroppedByAConnectedSocket)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob"), eve = you.udp("eve");
    const sockaddr_in there = address_of(bob);
    you.run([=] {
        EXPECT_EQ(0, ::connect(3, reinterpret_cast<const sockaddr*>(&there), sizeof there));
        EXPECT_EQ(2, ::send(3, "hi", 2, 0));
        EXPECT_EQ("right", receives());
    });
    const UdpPeer::Datagram hello = bob.receives();
    eve.aims_at(hello.from_port, hello.from_ip);
    eve.sends("wrong");
    bob.sends("right");
    you.finishes();
}

TEST(UdpPeers, CloseTheirPort)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    const sockaddr_in there = address_of(bob);
    bob.closes();
    you.run([=] {
        EXPECT_EQ(0, ::connect(3, reinterpret_cast<const sockaddr*>(&there), sizeof there));
        EXPECT_EQ(2, ::send(3, "hi", 2, 0));
        EXPECT_EQ("error", receives());
        EXPECT_EQ(ECONNREFUSED, errno);
    });
    you.finishes();
    EXPECT_NE("", rows_with("-1  ECONNREFUSED", you.diagram()));
}

TEST(UdpPeers, AreThereBeforeALearnerWhoSends)
{
    Learner you;
    UdpPeer bob = you.udp_host("bob");
    const sockaddr_in there = address_of(bob);
    EXPECT_EQ("127.0.0.1:" + std::to_string(bob.port()), bob.address());
    you.run([&, kept = bob.address()] {
        EXPECT_EQ(kept, bob.address()) << "the learner's process does not have the descriptor";
        const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(2, ::sendto(fd, "hi", 2, 0, reinterpret_cast<const sockaddr*>(&there), sizeof there));
        EXPECT_EQ("hello", receives());
        EXPECT_EQ(0, ::close(fd));
    });
    bob.expects("hi");
    bob.sends("hello");
    you.finishes();
    EXPECT_EQ("sendto(3, \"hi\", 2, bob)  2\n", rows_with("sendto(", you.diagram()));
}

TEST(UdpPeers, RefuseAndComeBack)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    const sockaddr_in there = address_of(bob);
    bob.refuses();
    you.run([=] {
        EXPECT_EQ(0, ::connect(3, reinterpret_cast<const sockaddr*>(&there), sizeof there));
        EXPECT_EQ(2, ::send(3, "hi", 2, 0));
        EXPECT_EQ("error", receives());
        EXPECT_EQ(ECONNREFUSED, errno);
        wait_for_the_test();
        EXPECT_EQ(5, ::send(3, "again", 5, 0));
        EXPECT_EQ("hello", receives());
    });
    ASSERT_TRUE(you.paused());
    EXPECT_EQ(ntohs(there.sin_port), bob.port());
    bob.restarts();
    EXPECT_EQ(ntohs(there.sin_port), bob.port());
    you.resume();
    bob.expects("again");
    bob.sends("hello");
    you.finishes();
}

TEST(UdpPeers, FindALearnerWhoBinds)
{
    Learner you;
    you.run([] {
        const sockaddr_in any{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
        const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(3, fd);
        EXPECT_EQ(0, ::bind(fd, reinterpret_cast<const sockaddr*>(&any), sizeof any));
        EXPECT_EQ("hello", receives());
        EXPECT_EQ(0, ::close(fd));
    });
    UdpPeer bob = you.udp("bob");
    bob.connects();
    bob.sends("hello");
    you.finishes();
}

TEST(UdpPeers, SayWhatTheyMissed)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    const sockaddr_in there = address_of(bob);
    you.run([=] {
        const auto says = [&](const char* bytes, std::size_t n) {
            EXPECT_EQ(static_cast<ssize_t>(n), ::sendto(3, bytes, n, 0, reinterpret_cast<const sockaddr*>(&there), sizeof there));
        };
        says("no", 2);
        says("", 0);
        says("more", 4);
    });
    EXPECT_NONFATAL_FAILURE(bob.expects("yes"), "expected  bob receives the datagram \"yes\"\ncame      the datagram \"no\"");
    EXPECT_NONFATAL_FAILURE(bob.expects("yes"), "expected  bob receives the datagram \"yes\"\ncame      an empty datagram");
    EXPECT_NONFATAL_FAILURE(bob.expects_silence(), "expected  bob receives nothing\ncame      the datagram \"more\"");
    EXPECT_NONFATAL_FAILURE(bob.expects("yes"), "expected  bob receives the datagram \"yes\"\ncame      nothing");
    bob.expects_silence();
    you.finishes();
}
