// Q63, Q64 and Q116 to Q120: what TCP does by itself, and the options that change it.
#include "streams.h"

#include <algorithm>
#include <cstring>
#include <linux/errqueue.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>

using namespace questions;
namespace wiring = lab::wiring;

// "It is on by default and sends ten probes." Convinced: with SO_KEEPALIVE set before, the first line is red.
TEST(Q63, KeepaliveIsOffByDefault)
{
    const Fd fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_EQ(0, option(fd, SOL_SOCKET, SO_KEEPALIVE));
    const int idle = option(fd, IPPROTO_TCP, TCP_KEEPIDLE), pause = option(fd, IPPROTO_TCP, TCP_KEEPINTVL),
              probes = option(fd, IPPROTO_TCP, TCP_KEEPCNT);
    EXPECT_EQ(lab::kernel_setting("net/ipv4/tcp_keepalive_time"), idle); // 7200, 75 and 9 unless somebody changed them
    EXPECT_EQ(lab::kernel_setting("net/ipv4/tcp_keepalive_intvl"), pause);
    EXPECT_EQ(lab::kernel_setting("net/ipv4/tcp_keepalive_probes"), probes);
    observed("SO_KEEPALIVE 0; TCP_KEEPIDLE " + std::to_string(idle) + ", TCP_KEEPINTVL " + std::to_string(pause) +
             ", TCP_KEEPCNT " + std::to_string(probes));
}

// "Nagle delays every packet" predicts that the first small write waits, and the single write too.
// Convinced: with TCP_NODELAY in the first part nothing is ever held, and the proof is red. The kernel's own timer, the delayed
// ACK (TCP_DELAY_ACK_MIN, 40 ms), makes each round of the first part last.
TEST(Q64, TheSecondSmallWriteWaitsForTheAck)
{
    const Pair ann = tcp_pair();
    const auto answers = [&](const char* request) {
        for (std::string got; got != request;)
            got += gets(ann.server, 1);
        sends(ann.server, "r");
        EXPECT_EQ("r", gets(ann.client));
    };
    int held = 0;
    long waited_ms = 0;
    for (int round = 0; round < 20 && held == 0; ++round) { // at first the receiver acknowledges at once
        const auto begin = std::chrono::steady_clock::now();
        sends(ann.client, "1");
        EXPECT_EQ(0, asks(ann.client, SIOCOUTQNSD)); // nothing is unacknowledged: it goes out at once
        sends(ann.client, "2");
        held = asks(ann.client, SIOCOUTQNSD);
        answers("12");
        waited_ms = (std::chrono::steady_clock::now() - begin) / std::chrono::milliseconds{1};
    }
    EXPECT_EQ(1, held);
    for (int round = 0; round < 10; ++round) {
        sends(ann.client, "12");
        EXPECT_EQ(0, asks(ann.client, SIOCOUTQNSD));
        answers("12");
    }
    set_option(ann.client, IPPROTO_TCP, TCP_NODELAY, 1);
    for (int round = 0; round < 10; ++round) {
        sends(ann.client, "1"), sends(ann.client, "2");
        EXPECT_EQ(0, asks(ann.client, SIOCOUTQNSD));
        answers("12");
    }
    observed("write, write, read: 1 byte was held back, and the answer came after " + std::to_string(waited_ms) +
             " ms; nothing was held with one write, or with TCP_NODELAY");
}

// "cwnd starts at 1." And nothing but the receiver stops the sender here.
// Convinced: with 1 KiB in place of 256 the send does not sleep and the proof is red.
TEST(Q116, CwndStartsAtTenAndTheReceiverCanStopTheSender)
{
    const Pair pair = tcp_pair();
    const auto cwnd = info_of(pair.client).tcpi_snd_cwnd;
    EXPECT_EQ(10u, cwnd);

    lab::Learner you;
    lab::Peer ann = you.wire("ann", {.learner_send_buffer = 1 << 14, .peer_receive_buffer = 1 << 14});
    const std::string bytes = lab::pattern(1 << 18);
    you.run([&] { EXPECT_EQ(1 << 18, ::send(you.fd(), bytes.data(), bytes.size(), 0)); });
    ASSERT_TRUE(you.asleep_in(lab::Family::writing)); // flow control: the window is closed
    ann.expects_size(1 << 18);
    observed("TCP_INFO after connect(): cwnd " + std::to_string(cwnd) +
             " segments; send() of 256 KiB slept until the peer read, and returned it all");
    you.finishes();
}

// "The connection is dropped", or "it deadlocks": it stands, and goes on when the peer reads.
// Convinced: without the reading end the writer never gets room again and the proof is red.
TEST(Q117, AZeroWindowOnlyPauses)
{
    const Pair ann = tcp_pair(4096);
    std::size_t sent = fills(ann.server, SIZE_MAX);
    EXPECT_EQ(0, comes(ann.server, POLLOUT, 0));
    EXPECT_EQ(0, option(ann.server, SOL_SOCKET, SO_ERROR));
    EXPECT_EQ(TCP_ESTABLISHED, info_of(ann.server).tcpi_state);
    std::string end;
    EXPECT_EQ(sent, reads(ann.client, sent, end));
    EXPECT_EQ(POLLOUT, comes(ann.server, POLLOUT));
    observed("EAGAIN after " + std::to_string(sent) + " bytes, still ESTABLISHED; the peer read all of them, and there was room");
}

// The kernel's own timer makes this last: it looks only when it probes, first after about 200 ms (TCP_RTO_MIN), then 400 ms
// later. Convinced: without the option nothing comes within the limit and the proof is red.
TEST(Q117, UserTimeoutEndsTheWait)
{
    const Pair ann = tcp_pair(4096);
    set_option(ann.server, IPPROTO_TCP, TCP_USER_TIMEOUT, 100);
    const auto begin = std::chrono::steady_clock::now();
    fills(ann.server, SIZE_MAX);
    EXPECT_NE(0, comes(ann.server, POLLRDHUP) & POLLERR);
    const auto ms = (std::chrono::steady_clock::now() - begin) / std::chrono::milliseconds{1};
    EXPECT_EQ("ETIMEDOUT", lab::errno_name(option(ann.server, SOL_SOCKET, SO_ERROR)));
    observed("TCP_USER_TIMEOUT of 100 ms, a zero window: ETIMEDOUT after " + std::to_string(ms) + " ms");
}

// "TCP guarantees delivery" predicts all bytes in both runs, as every send() has succeeded.
// Convinced: when the server reads the request byte before it closes, all bytes arrive and the proof is red.
TEST(Q118, AcceptedBytesCanBeLost)
{
    std::size_t sent[2], came[2];
    std::string end[2];
    for (int drains : {0, 1}) {
        Pair ann = tcp_pair(4096);
        sends(ann.client, "x");
        comes(ann.server, POLLIN);
        sent[drains] = fills(ann.server, 400'000);
        if (drains == 1) {
            ::shutdown(ann.server.get(), SHUT_WR);
            EXPECT_EQ("x", finds(ann.server));
        } else
            ann.server.close(); // with one byte unread: RST
        came[drains] = reads(ann.client, SIZE_MAX, end[drains]);
    }
    EXPECT_LT(came[0], sent[0]);
    EXPECT_EQ("ECONNRESET", end[0]);
    EXPECT_EQ(sent[1], came[1]);
    EXPECT_EQ("the end", end[1]);
    observed("close() with an unread byte: " + std::to_string(came[0]) + " of " + std::to_string(sent[0]) + " bytes, then " +
             end[0] + "; shutdown() and reading: " + std::to_string(came[1]) + " of " + std::to_string(sent[1]));
}

// "One full call": sendfile() stops when the socket is full. Convinced: with a file of 4 KiB one call moves all and it is red.
TEST(Q120, SendfileMovesWhatFits)
{
    const Pair ann = tcp_pair();
    wiring::set_nonblocking(ann.server.get(), true);
    const Fd file{::memfd_create("file", MFD_CLOEXEC)};
    ASSERT_EQ(0, ::ftruncate(file.get(), 50'000'000));
    long sum = 0, first = 0, n = 0;
    while ((n = ::sendfile(ann.server.get(), file.get(), nullptr, 50'000'000)) > 0) {
        first = first == 0 ? n : first;
        sum += n;
    }
    EXPECT_EQ("EAGAIN", lab::errno_name(n < 0 ? errno : 0));
    EXPECT_LT(first, 50'000'000);
    observed("sendfile() of 50000000 bytes: first " + std::to_string(first) + ", in all " + std::to_string(sum) +
             ", then EAGAIN");
}

// "It is always zero copy": on loopback the completion says that the kernel copied.
// Convinced: without MSG_ZEROCOPY no completion comes and the proof is red.
TEST(Q120, ZerocopyCopiesOnLoopback)
{
    const Pair ann = tcp_pair();
    if (!set_option(ann.server, SOL_SOCKET, SO_ZEROCOPY, 1))
        GTEST_SKIP() << "this kernel has no SO_ZEROCOPY";
    const std::string bytes(20'000, 'z');
    const ssize_t sent = ::send(ann.server.get(), bytes.data(), bytes.size(), MSG_ZEROCOPY | MSG_NOSIGNAL);
    if (sent < 0 && errno == ENOBUFS)
        GTEST_SKIP() << "the limits here let no page be pinned (RLIMIT_MEMLOCK, optmem_max)";
    EXPECT_EQ(20'000, sent);
    std::string end;
    reads(ann.client, 20'000, end);
    EXPECT_NE(0, comes(ann.server, POLLRDHUP) & POLLERR); // the completion waits in the error queue
    alignas(cmsghdr) char control[256];
    msghdr message{};
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ASSERT_EQ(0, ::recvmsg(ann.server.get(), &message, MSG_ERRQUEUE));
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    ASSERT_NE(nullptr, header);
    sock_extended_err report{};
    std::memcpy(&report, CMSG_DATA(header), sizeof report);
    EXPECT_EQ(SO_EE_ORIGIN_ZEROCOPY, report.ee_origin);
    EXPECT_EQ(SO_EE_CODE_ZEROCOPY_COPIED, report.ee_code);
    observed("MSG_ZEROCOPY on loopback: the completion has ee_code " + std::to_string(report.ee_code) +
             ", SO_EE_CODE_ZEROCOPY_COPIED");
}
