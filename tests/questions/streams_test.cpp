// Q38, Q47, Q48, Q51, Q54 and Q62: what becomes of the bytes of a stream.
#include "streams.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <linux/sockios.h>
#include <sys/ioctl.h>

using namespace questions;

namespace {

// What one recv() finds when all `size` bytes are there.
std::string finds_all(const Fd& fd, int size)
{
    EXPECT_TRUE(set_option(fd, SOL_SOCKET, SO_RCVLOWAT, size));
    EXPECT_NE(0, comes(fd, POLLIN));
    return finds(fd);
}

} // namespace

// "Everything is lost" predicts no bytes before the error; "nothing is lost", all of the large answer.
// Convinced: without linger the end comes in both cases, all bytes before it, and the proof is red.
TEST(Q38, DataThenTheErrorThenTheEnd)
{
    Pair pair = tcp_pair();
    sends(pair.server, "abc");
    EXPECT_NE(0, comes(pair.client, POLLIN));
    EXPECT_TRUE(set_linger(pair.server, 0));
    pair.server.close();
    EXPECT_NE(0, comes(pair.client, 0)); // the reset is here
    EXPECT_EQ("abc", finds(pair.client));
    EXPECT_EQ("ECONNRESET", finds(pair.client));
    EXPECT_EQ("", finds(pair.client));

    Pair large = tcp_pair(4096, 1 << 19);
    const std::string answer = lab::pattern(400'000);
    EXPECT_EQ("400000", said(::send(large.server.get(), answer.data(), answer.size(), MSG_DONTWAIT)));
    EXPECT_NE(0, comes(large.client, POLLIN));
    EXPECT_TRUE(set_linger(large.server, 0));
    large.server.close();
    const std::string came = reads_to_the_end(large.client);
    EXPECT_LT(std::stoul(came), answer.size());
    EXPECT_TRUE(came.ends_with(" and ECONNRESET")) << came;
    observed("\"abc\", then ECONNRESET, then 0; of 400000 bytes sent before a reset: " + came);
}

// "I sleep between two sends" predicts two messages. No sleep is longer than this one: the first message has arrived.
// Convinced: with a recv() before the second send() the proof is red.
TEST(Q47, APauseIsNoBoundary)
{
    const Pair pair = tcp_pair();
    sends(pair.client, "first");
    EXPECT_NE(0, comes(pair.server, POLLIN));
    sends(pair.client, "later");
    const std::string together = finds_all(pair.server, 10);
    EXPECT_EQ("firstlater", together);
    observed("the first message had arrived before the second was sent: one recv() of " + std::to_string(together.size()) +
             " bytes");
}

// "TCP_NODELAY is the cure" predicts two messages.
// Convinced: with a recv() before the second send(), as in a demo, the proof is red.
TEST(Q48, WithoutNagleMessagesStillMeet)
{
    const Pair pair = tcp_pair();
    EXPECT_TRUE(set_option(pair.client, IPPROTO_TCP, TCP_NODELAY, 1));
    for (const char* message : {"hello", "world"}) {
        sends(pair.client, message);
        EXPECT_EQ(0u, bytes_in(pair.client, SIOCOUTQNSD)); // it went out at once, alone
    }
    const std::string together = finds_all(pair.server, 10);
    EXPECT_EQ("helloworld", together);
    observed("TCP_NODELAY, two send(): one recv() of " + std::to_string(together.size()) + " bytes");
}

// "send(&s, sizeof s) sends the two fields" predicts five bytes, and the number behind the first one, in network byte order.
// Convinced: with the fields copied into five bytes, one after the other, the first comparison is red.
TEST(Q51, AStructIsMoreThanItsFields)
{
    struct Record {
        char kind;
        std::uint32_t number;
    };
    const Record record{'k', 0x01020304};
    const Pair pair = tcp_pair();
    ::send(pair.client.get(), &record, sizeof record, MSG_NOSIGNAL);
    const std::string bytes = gets(pair.server);
    EXPECT_NE(1 + sizeof record.number, bytes.size());
    EXPECT_EQ(sizeof record, bytes.size());
    const std::uint32_t in_network_order = htonl(record.number);
    const std::string right{reinterpret_cast<const char*>(&in_network_order), sizeof in_network_order};
    if constexpr (std::endian::native == std::endian::little) {
        EXPECT_EQ(std::string::npos, bytes.find(right, 1)) << "after the first byte";
        EXPECT_EQ(4, bytes.at(offsetof(Record, number))); // the low byte first
    }
    observed("a char and a 32-bit number: " + std::to_string(bytes.size()) + " bytes on the wire, the number begins at byte " +
             std::to_string(offsetof(Record, number)));
}

namespace {

// An echo server of the plain kind: what it cannot send, it waits for.
void echoes(const Fd& fd)
{
    char block[16 * 1024];
    for (ssize_t n; (n = ::recv(fd.get(), block, sizeof block, 0)) > 0;)
        if (sends(fd, {block, static_cast<std::size_t>(n)}) < 0)
            break;
}

// A client that sends all of `text` and reads only then. The bytes that stand in the four buffers when nobody moves any more.
std::size_t stuck_after(const std::string& text, int buffer)
{
    const auto [ours, theirs] = wiring::tcp_pair(buffer, buffer, buffer, buffer);
    const Fd client{ours}, server{theirs};
    wiring::set_nonblocking(theirs, false);
    ssize_t sent = -1;
    Actor echo{[&] { echoes(server); }}, sender{[&] { sent = sends(client, text); }};
    EXPECT_TRUE(becomes([&] {
        return echo.is_asleep_in(SYS_sendto) && sender.is_asleep_in(SYS_sendto) && comes(client, POLLOUT, 20) == 0 &&
               comes(server, POLLOUT, 0) == 0;
    }));
    const std::size_t stuck =
        bytes_in(client, SIOCOUTQ) + bytes_in(server, SIOCINQ) + bytes_in(server, SIOCOUTQ) + bytes_in(client, SIOCINQ);
    ::shutdown(client.get(), SHUT_RDWR); // frees both
    ::shutdown(server.get(), SHUT_RDWR);
    sender.finish();
    EXPECT_LT(sent, static_cast<ssize_t>(text.size()));
    return stuck;
}

} // namespace

// "The buffers are too small, enlarge them" predicts that the second client gets through: it has 128 times as much room. 8 MiB
// are more than its four buffers of 1 MiB, as any file is larger than some buffer. Convinced: with 1000 bytes in place of 8 MiB
// nobody sleeps, and the proof is red.
TEST(Q54, LargerBuffersOnlyMoveTheLimit)
{
    const std::string text(8 << 20, 't');
    const std::size_t small = stuck_after(text, 4096), large = stuck_after(text, 1 << 19);
    EXPECT_GT(large, small);

    const Pair pair = tcp_pair();
    const std::string some = lab::pattern(2 << 20);
    Actor echo{[&] { echoes(pair.server); }}, sender{[&] { // and here the client reads while it sends
        sends(pair.client, some);
        ::shutdown(pair.client.get(), SHUT_WR);
    }};
    std::size_t came = 0;
    for (std::size_t n = 1; n > 0 && came < some.size(); came += n)
        n = gets(pair.client, 1 << 16).size();
    EXPECT_EQ(some.size(), came);
    observed("with small buffers both slept after " + std::to_string(small) + " bytes, with large ones after " +
             std::to_string(large) + "; when the client read beside the sending, all " + std::to_string(came) + " came back");
}

// "Just send it and close" predicts that the client sends its body and reads the answer both times.
// Convinced: with a body of 1000 bytes the client is not in send() any more, and the proof is red.
TEST(Q62, TheClientThatStillSendsMissesTheAnswer)
{
    const std::string body(1 << 20, 'b');
    std::string sent, answer;
    for (const bool drains : {false, true}) {
        const auto [ours, theirs] = wiring::tcp_pair(0, 1 << 16, 1 << 16, 0);
        const Fd client{ours};
        Fd server{theirs};
        Actor sender{[&] {
            sent = said(sends(client, body));
            answer = sent == std::to_string(body.size()) ? gets(client) : "not read";
            ::shutdown(client.get(), SHUT_WR);
        }};
        EXPECT_TRUE(sender.falls_asleep_in(SYS_sendto));
        EXPECT_FALSE(gets(server).empty()); // the head, and the server knows enough
        sends(server, "413");
        if (drains) {
            EXPECT_EQ(0, ::shutdown(server.get(), SHUT_WR));
            EXPECT_TRUE(reads_to_the_end(server).ends_with(" and the end"));
        }
        server.close();
        sender.finish();
        EXPECT_EQ(drains ? "413" : "not read", answer) << "send() = " << sent;
    }
    observed("closed at once: the client's send() of 1 MiB failed; drained: it sent all, and read the " + answer);
}
