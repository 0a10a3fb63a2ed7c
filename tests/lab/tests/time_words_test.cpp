// The words of a test for time, and what the diagram shows of it.
#include "recorded.h"
#include "timed.h"

#include <csignal>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <thread>
#include <unistd.h>

using namespace lab;

TEST(Time, AnHourIsShownInTheDiagram)
{
    Learner you{{}, {.own_time = 2h}};
    Peer ann = you.wire("ann");
    you.run([] {
        pollfd p{3, POLLIN, 0};
        EXPECT_EQ(0, ::poll(&p, 1, 3'600'000));
        ::close(3);
    });
    ann.expects_end();
    you.finishes();
    EXPECT_EQ(1h, you.took());
    EXPECT_NE(std::string::npos, you.diagram().find(" 1 h pass\n3600000.00 ms  ... poll(3)")) << you.diagram();
}

TEST(Time, PassesOnlyWhenTheTestSaysSo)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        pollfd p{3, POLLIN, 0};
        EXPECT_EQ(1, ::poll(&p, 1, 30'000));
    });
    you.time_passes(29'999ms);
    EXPECT_FALSE(you.is_done());
    ann.sends("x");
    you.finishes();
    EXPECT_EQ(29'999ms, you.took());
}

// What ends meanwhile ends in its order, and each has its time to act.
TEST(Time, PassesStepByStep)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        std::thread fast{[] {
            for (int i = 0; i < 3; ++i) {
                std::this_thread::sleep_for(10ms);
                ::send(3, "f", 1, 0);
            }
        }};
        std::this_thread::sleep_for(25ms);
        ::send(3, "s", 1, 0);
        fast.join();
    });
    you.time_passes(1s);
    ann.expects("ffsf");
    you.finishes();
    EXPECT_EQ(30ms, you.took());
}

TEST(Time, ATimerCountsWhatItMissed)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.run([] {
        const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
        const itimerspec each{{0, 100'000'000}, {0, 100'000'000}};
        EXPECT_EQ(0, ::timerfd_settime(timer, 0, &each, nullptr));
        char byte = 0;
        EXPECT_EQ(1, ::recv(3, &byte, 1, 0));
        std::uint64_t times = 0;
        EXPECT_EQ(ssize_t{sizeof times}, ::read(timer, &times, sizeof times));
        EXPECT_EQ(5u, times);
        EXPECT_EQ(-1, ::read(timer, &times, sizeof times));
        EXPECT_EQ(EAGAIN, errno);
        ::close(timer);
    });
    you.time_passes(550ms);
    ann.sends("x");
    you.finishes();
}

TEST(Time, ACoarseClockShowsTheLastTick)
{
    Learner you;
    you.run([] {
        const auto now = [](clockid_t clock) {
            timespec t{};
            ::clock_gettime(clock, &t);
            return t.tv_nsec / 1'000'000;
        };
        EXPECT_EQ(990, now(CLOCK_MONOTONIC)); // each run begins there
        EXPECT_EQ(988, now(CLOCK_MONOTONIC_COARSE));
        std::this_thread::sleep_for(1ms);
        EXPECT_EQ(988, now(CLOCK_MONOTONIC_COARSE));
        std::this_thread::sleep_for(1ms);
        EXPECT_EQ(992, now(CLOCK_MONOTONIC_COARSE));
    });
    you.finishes();
}

TEST(Time, AnAlarmRingsAndKills)
{
    EXPECT_EQ("killed by SIGALRM inside recv(3)", timed_outcome_of([] {
                                                      char byte = 0;
                                                      ::alarm(3600);
                                                      (void)::recv(3, &byte, 1, 0);
                                                  }).verdict);
}

// What is on its way comes before time passes.
TEST(Time, WaitsForWhatIsSent)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.may_change("SO_RCVTIMEO");
    you.run([] {
        char byte = 0;
        const timeval limit{0, 1000};
        ::setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        for (int i = 0; i < 50; ++i) {
            EXPECT_EQ(1, ::recv(3, &byte, 1, 0));
            EXPECT_EQ(1, ::send(3, &byte, 1, 0));
        }
    });
    for (int i = 0; i < 50; ++i) {
        ann.sends("x");
        ann.expects("x");
    }
    you.finishes();
    EXPECT_EQ(0, you.waits_in_vain());
    EXPECT_EQ(0ms, you.took());
}

TEST(Time, HidesItsSignal)
{
    Learner you;
    you.run([] {
        const int own = SIGRTMAX - 1;
        sigset_t now;
        ::sigprocmask(SIG_SETMASK, nullptr, &now);
        EXPECT_EQ(0, ::sigismember(&now, own));
        EXPECT_EQ(SIG_ERR, std::signal(own, SIG_IGN));
        ::sigemptyset(&now);
        ::sigprocmask(SIG_SETMASK, &now, nullptr);
        std::this_thread::sleep_for(1h);
    });
    you.time_passes(1h);
    you.finishes();
    EXPECT_EQ(1h, you.took());
}

TEST(Time, OfAForkedProcessPassesToo)
{
    Learner you;
    you.run([] {
        int ends[2];
        char byte = 0;
        EXPECT_EQ(0, ::pipe(ends));
        if (::fork() == 0) {
            std::this_thread::sleep_for(50ms);
            (void)!::write(ends[1], "x", 1);
            ::_exit(0);
        }
        pollfd p{ends[0], POLLIN, 0};
        EXPECT_EQ(1, ::poll(&p, 1, 60'000));
        EXPECT_EQ(1, ::read(ends[0], &byte, 1));
        ::close(ends[0]);
        ::close(ends[1]);
    });
    you.finishes();
    EXPECT_EQ(50ms, you.took());
}

// Nagle's algorithm holds the second byte back until the first is acknowledged, and ann's kernel takes its time for that.
TEST(Time, DoesNotPassWhileTheKernelHoldsBytesBack)
{
    Learner you;
    Peer ann = you.wire("ann");
    const int off = 0;
    ASSERT_EQ(0, ::setsockopt(ann.fd(), IPPROTO_TCP, TCP_QUICKACK, &off, sizeof off));
    you.run([] {
        ::send(3, "a", 1, MSG_NOSIGNAL);
        ::send(3, "b", 1, MSG_NOSIGNAL);
        pollfd p{3, POLLIN, 0};
        EXPECT_EQ(1, ::poll(&p, 1, 1000)) << "no answer";
    });
    ann.expects("ab");
    ann.sends("ok");
    you.finishes();
}
