// A UDP peer that knows the words of its protocol, and the learner's connected socket.
#include "recorded.h"

#include <gtest/gtest-spi.h>
#include <sys/socket.h>

using namespace lab;

namespace {

std::string words(std::string_view datagram) { return datagram == "0" ? "ACK 0" : "noise"; }

} // namespace

TEST(UdpWords, AreShownWithNumberAndFate)
{
    Learner you;
    UdpPeer bob = you.connected_udp_wire("bob");
    bob.speaks(words);
    you.run([] {
        for (const char* datagram : {"0", "0", "x"})
            EXPECT_EQ(1, ::send(3, datagram, 1, 0));
        char bytes[8];
        EXPECT_EQ(1, ::recv(3, bytes, sizeof bytes, 0));
        EXPECT_EQ(1, ::recv(3, bytes, sizeof bytes, 0));
    });
    bob.loses("0");
    bob.receives("late");
    bob.receives();
    bob.sends("0");
    bob.sends("0", "a copy");
    you.finishes();
    bob.receives("lost");
    const std::string diagram = you.diagram();
    EXPECT_EQ("bob #1 ACK 0 is lost\nbob #2 ACK 0 is late\nbob receives #3 noise\nbob sends ACK 0\nbob sends ACK 0, a copy\nbob "
              "receives nothing\n",
              rows_with(" bob #", diagram) + rows_with(" bob receives #", diagram) + rows_with(" bob sends", diagram) +
                  rows_with(" bob receives nothing", diagram));
}

TEST(UdpWords, AreSaidInAFailure)
{
    Learner you;
    UdpPeer bob = you.connected_udp_wire("bob");
    bob.speaks(words);
    you.run([] {
        EXPECT_EQ(1, ::send(3, "x", 1, 0));
        EXPECT_EQ(1, ::send(3, "0", 1, 0));
    });
    EXPECT_NONFATAL_FAILURE(bob.expects("0"), "expected  bob receives ACK 0\ncame      noise");
    EXPECT_NONFATAL_FAILURE(bob.expects_silence(), "expected  bob receives nothing\ncame      ACK 0");
    EXPECT_NONFATAL_FAILURE(bob.loses("0"), "expected  bob receives ACK 0\ncame      nothing");
    you.finishes();
}

TEST(ConnectedUdpWire, HearsOnlyItsPeer)
{
    Learner you;
    UdpPeer bob = you.connected_udp_wire("bob"), eve = you.udp("eve");
    you.run([] {
        EXPECT_EQ(2, ::send(3, "hi", 2, 0));
        char bytes[8];
        EXPECT_EQ(5, ::recv(3, bytes, sizeof bytes, 0));
    });
    const UdpPeer::Datagram hello = bob.receives();
    eve.aims_at(hello.from_port, hello.from_ip);
    eve.sends("no");
    bob.sends("right");
    you.finishes();
}
