// Q28, Q30, Q32, Q57, Q60 and Q61: what send() says, and what it does not.
#include "streams.h"

#include <algorithm>
#include <linux/sockios.h>
#include <sys/ioctl.h>

using namespace questions;

namespace {

constexpr std::size_t piece = 16 * 1024;

// Offers text to a socket until its kernel takes no more, and never waits. Returns the bytes it took.
std::size_t fills(const Fd& fd)
{
    const std::string text = lab::pattern(piece);
    std::size_t taken = 0;
    for (;;) {
        const ssize_t n = ::send(fd.get(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0) {
            EXPECT_EQ("EAGAIN", said(n));
            return taken;
        }
        taken += static_cast<std::size_t>(n);
    }
}

// A program between two connections: it reads from one, has a queue, and writes to the other as much as that one takes.
struct Relay {
    std::size_t limit;                                                     // of its queue
    Pair source = tcp_pair(1 << 16, 1 << 16), sink = tcp_pair(4096, 4096); // both from server to client
    std::string queue{};

    void turns()
    {
        std::string bytes(std::min(piece, limit - queue.size()), '\0');
        const ssize_t n = bytes.empty() ? 0 : ::recv(source.client.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        queue.append(bytes, 0, n > 0 ? static_cast<std::size_t>(n) : 0);
        const ssize_t out = ::send(sink.server.get(), queue.data(), queue.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        queue.erase(0, out > 0 ? static_cast<std::size_t>(out) : 0);
    }
};

} // namespace

// "The peer received n bytes" predicts that the peer's kernel has them all, and that none is lost afterwards.
// Convinced: with a receive buffer of the usual size and 1000 bytes they all arrive, and the proof is red.
TEST(Q28, SendingIsNotArriving)
{
    const auto [ours, theirs] = wiring::tcp_pair(0, 1 << 18, 4096, 0);
    const Fd us{ours};
    Fd peer{theirs};
    const std::string text = lab::pattern(100'000);
    EXPECT_EQ("100000", said(::send(us.get(), text.data(), text.size(), MSG_DONTWAIT)));
    EXPECT_GT(bytes_in(us, SIOCOUTQ), 0u); // not acknowledged: most of it is still in our kernel
    EXPECT_NE(0, comes(peer, POLLIN));
    const std::size_t arrived = bytes_in(peer, SIOCINQ);
    EXPECT_LT(arrived, text.size());
    peer.close(); // the rest is lost, and no call that we made has failed
    EXPECT_NE(0, comes(us, POLLERR));
    EXPECT_EQ("ECONNRESET", said(sends(us, "x")));
    observed("send() = 100000, " + std::to_string(arrived) + " of them had arrived when the peer closed; then ECONNRESET");
}

// "It blocks until the peer reads" predicts that the first send() sleeps, and that the second one ends only with the last byte
// read. Convinced: with 1000 bytes in place of a MiB the writer does not sleep, and the proof is red.
TEST(Q30, ABlockingSendSleepsForRoomAndNotForTheReader)
{
    const Pair pair = tcp_pair(4096, 1 << 14);
    EXPECT_EQ("1", said(sends(pair.server, "x"))); // nobody reads
    EXPECT_EQ("x", gets(pair.client));

    const std::string text = lab::pattern(1 << 20);
    constexpr std::size_t unread = 1000;
    std::string sent;
    Actor writer{[&] { sent = said(sends(pair.server, text)); }};
    EXPECT_TRUE(writer.falls_asleep_in(SYS_sendto));
    for (std::size_t left = text.size() - unread; left > 0;)
        left -= gets(pair.client, std::min(left, piece)).size();
    writer.finish();
    EXPECT_EQ("1048576", sent);
    EXPECT_EQ(unread, gets(pair.client, text.size()).size());
    observed("nobody reads: send() of 1 byte = 1 at once; send() of 1 MiB slept until the peer read, and returned " + sent +
             " while the last 1000 bytes were still unread");
}

// "0 means that the peer closed" predicts that an empty send() says 0 only after the close, and that it ends a stream.
// Convinced: with shutdown(SHUT_WR) in place of the first empty send() the peer finds the end, and the proof is red.
TEST(Q32, SendReturnsZeroOnlyForNothing)
{
    Pair pair = tcp_pair();
    EXPECT_EQ("0", said(sends(pair.client, "")));
    sends(pair.client, "x");
    EXPECT_EQ("x", gets(pair.server)); // nothing came before it
    pair.server.close();
    EXPECT_NE(0, comes(pair.client, POLLRDHUP));
    EXPECT_EQ("0", said(sends(pair.client, "")));

    const Fd receiver{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, true)};
    const Fd sender{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, true)};
    const wiring::Name there = wiring::own_name(receiver.get());
    EXPECT_EQ("0", said(::sendto(sender.get(), "", 0, 0, there.get(), there.size)));
    EXPECT_NE(0, comes(receiver, POLLIN));
    wiring::Name from;
    from.size = sizeof from.address;
    char byte;
    EXPECT_EQ("0", said(::recvfrom(receiver.get(), &byte, 1, 0, reinterpret_cast<sockaddr*>(&from.address), &from.size)));
    EXPECT_EQ(port_of(sender), wiring::port_of(from));
    observed("TCP: an empty send() = 0 before and after the peer's close, and the peer saw nothing; UDP: the receiver got a "
             "datagram of 0 bytes");
}

// "I buffer it in memory" predicts no difference for the source: it may send on and on.
// Convinced: with the same limit for both the second half is red.
TEST(Q57, ABoundedQueueStopsTheSource)
{
    constexpr std::size_t offered = 2 << 20;
    Relay bounded{.limit = 64 * 1024};
    std::size_t taken = 0;
    // Stopped: the queue is full, the sink takes nothing, and the source's own buffer is full, too.
    EXPECT_TRUE(becomes([&] {
        const std::size_t more = fills(bounded.source.server);
        taken += more;
        bounded.turns();
        EXPECT_LE(bounded.queue.size(), bounded.limit);
        return more == 0 && bounded.queue.size() == bounded.limit;
    }));
    EXPECT_LT(taken, offered);

    Relay greedy{.limit = 1 << 30};
    std::size_t total = 0;
    EXPECT_TRUE(becomes([&] {
        total += fills(greedy.source.server);
        greedy.turns();
        return total >= offered && greedy.queue.size() > offered / 2;
    }));
    observed("queue of 64 KiB: the source got EAGAIN after " + std::to_string(taken) + " bytes; queue without limit: it took " +
             std::to_string(greedy.queue.size()) + " bytes of " + std::to_string(total));
}

// "send() fails at once" predicts an error from one of the calls that fill the buffers.
// Convinced: without TCP_USER_TIMEOUT poll() ends with nothing, and the proof is red.
TEST(Q60, OnlyATimeLimitFindsTheSilentPeer)
{
    const Pair pair = tcp_pair(4096, 4096);
    const std::size_t taken = fills(pair.server); // the client never reads; each call but the last, EAGAIN, succeeds
    EXPECT_EQ(0, option(pair.server, SOL_SOCKET, SO_ERROR));
    EXPECT_EQ(TCP_ESTABLISHED, state_of(pair.server));
    EXPECT_TRUE(set_option(pair.server, IPPROTO_TCP, TCP_USER_TIMEOUT, 50));
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(POLLERR | POLLHUP, comes(pair.server, 0, 20'000)); // the kernel's timer for probes of the window
    const auto time = std::chrono::steady_clock::now() - start;
    EXPECT_EQ("ETIMEDOUT", said(sends(pair.server, "x")));
    observed("all calls succeeded until " + std::to_string(taken) + " bytes filled the buffers; ETIMEDOUT came after " +
             std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) +
             " ms with TCP_USER_TIMEOUT 50");
}

// "The first write fails" predicts an error where send() returns 1.
// Convinced: with linger {1, 0} at the server its close() is a reset, the first send() fails, and the proof is red.
TEST(Q61, TheFirstWriteAfterTheClosePasses)
{
    Pair pair = tcp_pair();
    pair.server.close();
    EXPECT_NE(0, comes(pair.client, POLLRDHUP)); // its FIN is here
    EXPECT_EQ("1", said(sends(pair.client, "x")));
    EXPECT_NE(0, comes(pair.client, POLLERR)); // and now the answer to our byte, a reset
    EXPECT_EQ("EPIPE", said(sends(pair.client, "x")));
    EXPECT_EQ("", finds(pair.client));

    Pair unread = tcp_pair();
    sends(unread.client, "never read");
    EXPECT_NE(0, comes(unread.server, POLLIN));
    unread.server.close();
    EXPECT_NE(0, comes(unread.client, POLLERR));
    EXPECT_EQ("ECONNRESET", said(sends(unread.client, "x")));
    observed(
        "the peer closed: send() = 1, then EPIPE, and recv() = 0; it closed with bytes unread: ECONNRESET at the first send()");
}
