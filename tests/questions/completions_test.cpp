// Q86 to Q88: completions, wake-ups and signals.
#include "uring.h"

#include <csignal>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>

using namespace questions;

// "epoll is asynchronous I/O, too": there recv() must still be called. Here nobody calls it, and the bytes are in the buffer.
// Convinced: with a poll request (IORING_OP_POLL_ADD) in place of the receive the buffer stays empty and the proof is red.
TEST(Q86, ACompletionBringsTheBytes)
{
    Uring ring;
    if (!ring.works())
        GTEST_SKIP() << "io_uring is forbidden or old here: " << lab::errno_name(errno);
    const Pair ann = tcp_pair();
    char buffer[16] = {};
    EXPECT_EQ(1, ring.submits({receive_request(ann.server, buffer, sizeof buffer)}));
    EXPECT_EQ(0u, ring.results()); // the peer has not sent
    sends(ann.client, "hello");
    EXPECT_EQ(5, ring.waits_for_result());
    EXPECT_STREQ("hello", buffer);
    observed("receive submitted before the send: the result 5 came after it, with \"hello\" in the buffer, without recv()");
}

namespace {

void handles_with_restart(int signal)
{
    struct sigaction action {};
    action.sa_handler = [](int) {};
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

// "SA_RESTART cures EINTR." Convinced: without SA_RESTART the accept() fails too, and the first line is red.
TEST(Q88, SaRestartDoesNotCureEverything)
{
    lab::Learner you;
    you.may_change("SIGUSR2");
    const int listener = you.listener();
    you.run([listener] {
        handles_with_restart(SIGUSR2);
        const Fd client = Fd{::accept(listener, nullptr, nullptr)}, loop{::epoll_create1(EPOLL_CLOEXEC)};
        EXPECT_GE(client.get(), 0); // it was interrupted, and went on
        epoll_event event{};
        EXPECT_EQ("EINTR", ::epoll_wait(loop.get(), &event, 1, -1) < 0 ? lab::errno_name(errno) : "");
        const timeval ten_seconds{10, 0};
        ::setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &ten_seconds, sizeof ten_seconds);
        char byte;
        EXPECT_EQ("EINTR", ::recv(client.get(), &byte, 1, 0) < 0 ? lab::errno_name(errno) : "");
    });
    ASSERT_TRUE(you.asleep_in(lab::Family::accepting));
    you.gets_signal(SIGUSR2);
    ASSERT_TRUE(you.asleep_in(lab::Family::accepting));
    lab::Peer ann = you.connect("ann");
    for (const lab::Family family : {lab::Family::waiting, lab::Family::reading}) {
        ASSERT_TRUE(you.asleep_in(family));
        you.gets_signal(SIGUSR2);
    }
    you.finishes();
    observed("with SA_RESTART: accept() went on; epoll_wait() and recv() with SO_RCVTIMEO: EINTR");
}

// "It restarts the send": that would send bytes twice. Convinced: without the signal the send sleeps for ever.
TEST(Q88, AnInterruptedSendTellsWhatItMoved)
{
    handles_with_restart(SIGUSR2);
    const Pair ann = tcp_pair();
    const std::string bytes(64 << 20, 's');
    ssize_t sent = -1;
    Actor writer{[&] { sent = sends(ann.server, bytes); }};
    EXPECT_TRUE(writer.falls_asleep_in(SYS_sendto));
    writer.gets_signal(SIGUSR2);
    writer.finish();
    EXPECT_GT(sent, 0);
    EXPECT_LT(sent, 64 << 20);
    observed("a signal with SA_RESTART during a blocking send() of 64 MiB: it returned " + std::to_string(sent));
}

// "Set an atomic flag": the loop below sleeps on. Convinced: without the write to the eventfd it never ends.
TEST(Q87, AFlagWakesNobodyAndAnEventfdDoes)
{
    const Fd wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)}, loop{::epoll_create1(EPOLL_CLOEXEC)};
    epoll_event event{.events = EPOLLIN, .data = {}};
    ASSERT_EQ(0, ::epoll_ctl(loop.get(), EPOLL_CTL_ADD, wake.get(), &event));
    std::atomic<bool> stop{false};
    std::uint64_t value = 0;
    Actor worker{[&] {
        while (!stop) {
            epoll_event got{};
            ::epoll_pwait(loop.get(), &got, 1, -1, nullptr);
        }
        EXPECT_EQ(8, ::read(wake.get(), &value, sizeof value));
    }};
    EXPECT_TRUE(worker.falls_asleep_in(SYS_epoll_pwait));
    stop = true;
    EXPECT_TRUE(worker.is_asleep_in(SYS_epoll_pwait));
    constexpr std::uint64_t one = 1;
    EXPECT_EQ(8, ::write(wake.get(), &one, sizeof one));
    worker.finish();
    EXPECT_EQ(1u, value);

    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(8, ::write(wake.get(), &one, sizeof one));
    EXPECT_EQ(8, ::read(wake.get(), &value, sizeof value));
    EXPECT_EQ(10u, value);
    observed("flag set: the loop slept on; one write to the eventfd woke it; ten writes were read as 10");
}
