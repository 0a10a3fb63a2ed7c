// What the peers of a TCP learner can do, and what their demands say when they are not met.
#include "recorded.h"

#include <cerrno>
#include <gtest/gtest-spi.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab;

namespace {

char buffer[1 << 16];

// All that comes in one call each, as "ab|c|": one bar for each call; then the end: "0", or an errno.
std::string reads_to_the_end(int fd)
{
    std::string seen;
    for (;;) {
        const ssize_t n = ::recv(fd, buffer, sizeof buffer, 0);
        if (n <= 0)
            return seen + (n == 0 ? "0" : errno == ECONNRESET ? "ECONNRESET" : "?");
        seen.append(buffer, static_cast<std::size_t>(n)) += '|';
    }
}

void echoes()
{
    for (ssize_t n = 0; (n = ::recv(3, buffer, sizeof buffer, 0)) > 0;)
        (void)::send(3, buffer, static_cast<std::size_t>(n), MSG_NOSIGNAL);
}

} // namespace

TEST(Peers, DribbleByteByByte)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] { EXPECT_EQ("a|b|c|0", reads_to_the_end(3)); });
    ann.dribbles("abc");
    ann.closes();
    you.finishes();
}

TEST(Peers, SendMuchAtOnce)
{
    Learner you;
    Peer ann = you.wire("ann");
    ann.sends("a");
    ann.sends("b");
    ann.sends("c"); // before the learner runs: they lie in one heap, and come in one call
    you.run([] { EXPECT_EQ("abc|0", reads_to_the_end(3)); });
    ann.closes();
    you.finishes();
}

TEST(Peers, HalfCloseAndReadOn)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        EXPECT_EQ("last words|0", reads_to_the_end(3));
        EXPECT_EQ(6, ::send(3, "answer", 6, 0));
        EXPECT_EQ(0, ::close(3));
    });
    ann.sends("last words");
    ann.finishes_writing();
    ann.expects("answer");
    ann.expects_end();
    you.finishes();
}

TEST(Peers, EchoWhatHasComeBeforeTheEnd)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        EXPECT_EQ(5, ::send(3, "hello", 5, 0));
        EXPECT_EQ(5, ::recv(3, buffer, 5, MSG_WAITALL));
        EXPECT_EQ(0, ::shutdown(3, SHUT_WR));
        EXPECT_EQ("0", reads_to_the_end(3));
    });
    EXPECT_EQ(5u, ann.echoes());
    ann.closes();
    you.finishes();
}

TEST(Peers, Reset)
{
    Learner you;
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([] {
        EXPECT_EQ("a|ECONNRESET", reads_to_the_end(3));
        EXPECT_EQ(1, ::send(4, "x", 1, 0));
        EXPECT_EQ("ECONNRESET", reads_to_the_end(4));
    });
    ann.sends("a");
    ann.resets();
    EXPECT_TRUE(you.asleep_in(Family::reading)); // bob's "x" has come by then
    EXPECT_EQ(1U, bob.unread());
    bob.closes(); // with a byte unread, which is a reset, too
    you.finishes();
    EXPECT_NE("", rows_with("bob closes with bytes unread (RST)", you.diagram()));
}

TEST(Peers, SeeWhoResets)
{
    Learner you;
    Peer ann = you.wire("ann");
    ann.sends("unread");
    you.run([] { EXPECT_EQ(0, ::close(3)); });
    ann.expects_reset();
    you.finishes();
}

TEST(Peers, HaveATinyWindow)
{
    Learner you;
    Peer ann = you.wire("ann", {.learner_send_buffer = 4096, .peer_receive_buffer = 2048});
    const std::string much = pattern(200'000);
    you.run([&] { EXPECT_EQ(200'000, ::send(3, much.data(), much.size(), 0)); });
    ASSERT_TRUE(you.asleep_in(Family::writing)) << "200 000 bytes do not fit into the buffers";
    EXPECT_LT(ann.unread(), 10'000U);
    ann.expects_size(200'000);
    you.finishes();
}

TEST(Peers, NeverRead)
{
    Learner you;
    Peer ann = you.wire("ann", {.learner_send_buffer = 4096, .peer_receive_buffer = 2048});
    you.run(echoes);
    const std::size_t sent = ann.floods();
    EXPECT_GT(sent, 4096U);
    EXPECT_LT(sent, 1U << 26);
    EXPECT_GT(ann.unsent(), 0U);
    EXPECT_TRUE(you.asleep_in(Family::writing));
    ann.closes();
    you.finishes();
}

TEST(Peers, FloodALearnerWhoReads)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        std::size_t all = 0;
        for (ssize_t n = 0; (n = ::recv(3, buffer, sizeof buffer, 0)) > 0;)
            all += static_cast<std::size_t>(n);
        EXPECT_EQ(5'000'000U, all);
    });
    EXPECT_EQ(5'000'000U, ann.floods(5'000'000));
    ann.closes();
    you.finishes();
}

TEST(Peers, AreWiredByAUnixSocketToo)
{
    Learner you;
    Peer ann = you.unix_wire("ann");
    you.run(echoes);
    ann.sends("hello");
    ann.expects("hello");
    ann.expects_silence();
    ann.closes();
    you.finishes();
}

TEST(Peers, CanBeMany)
{
    Learner you;
    const int listener = you.listener();
    you.run([=] {
        for (int i = 0; i < 3; ++i) {
            const int client = ::accept(listener, nullptr, nullptr);
            EXPECT_EQ(2, ::send(client, "hi", 2, 0));
            EXPECT_EQ(0, ::close(client));
        }
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob"), eve = you.connect_to("127.0.0.1", "eve");
    for (Peer* peer : {&eve, &bob, &ann}) {
        peer->expects("hi");
        peer->expects_end();
    }
    you.finishes();
    EXPECT_EQ("... accept(3)  4  ann\n"
              "... accept(3)  4  bob\n"
              "... accept(3)  4  eve\n",
              rows_with("... accept(", you.diagram()));
}

TEST(Peers, MakeTheBuffersSmallOfAnySocketThatComes)
{
    Learner you;
    Host ann = you.host("ann", "127.0.0.1", {.learner_receive_buffer = 20'000, .learner_send_buffer = 10'000});
    you.run([port = htons(ann.port())] {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in there{AF_INET, port, {htonl(INADDR_LOOPBACK)}, {}};
        EXPECT_EQ(0, ::connect(fd, reinterpret_cast<const sockaddr*>(&there), sizeof there));
        for (const auto& [option, bytes] : {std::pair{SO_RCVBUF, 40'000}, {SO_SNDBUF, 20'000}}) { // doubled: socket(7)
            int size = 0;
            socklen_t room = sizeof size;
            EXPECT_EQ(0, ::getsockopt(fd, SOL_SOCKET, option, &size, &room));
            EXPECT_EQ(bytes, size);
        }
        EXPECT_EQ(0, ::close(fd));
    });
    you.finishes();
}

TEST(Peers, ShutTheListenerDown)
{
    Learner you;
    const int listener = you.listener();
    you.run([=] {
        EXPECT_EQ(-1, ::accept(listener, nullptr, nullptr));
        EXPECT_EQ(EINVAL, errno);
    });
    EXPECT_TRUE(you.asleep_in(Family::accepting));
    you.shuts_down_listener();
    you.finishes();
}

// Each demand that is not met says what was expected, and what came.
TEST(Peers, SayWhatTheyMissed)
{
    Learner you;
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve"), dan = you.wire("dan");
    you.run([] {
        EXPECT_EQ(4, ::send(3, "jam!", 4, 0));
        ::close(3);
        EXPECT_EQ(4, ::send(4, "more", 4, 0));
        const linger abort{1, 0};
        ::setsockopt(5, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        ::close(5);
        EXPECT_EQ(3, ::send(6, "AAA", 3, 0));
        ::close(6);
    });
    EXPECT_NONFATAL_FAILURE(ann.expects("jam, please"),
                            "expected  ann receives \"jam, please\"\ncame      \"jam!\", then the end (FIN)");
    EXPECT_NONFATAL_FAILURE(bob.expects_silence(), "expected  bob receives nothing yet\ncame      \"more\"");
    EXPECT_NONFATAL_FAILURE(eve.expects_end(), "expected  eve receives the end of the stream (FIN)\ncame      a reset (RST)");
    EXPECT_NONFATAL_FAILURE(bob.expects_reset(), "expected  bob receives a reset (RST)\ncame      the end (FIN)");
    EXPECT_NONFATAL_FAILURE(dan.expects_size(3),
                            "expected  dan receives 3 bytes unchanged\ncame      other bytes from byte 1 on");
    EXPECT_NONFATAL_FAILURE(dan.expects_size(2), "expected  dan receives 2 bytes\ncame      0 bytes, then the end (FIN)");
    you.finishes();
}
