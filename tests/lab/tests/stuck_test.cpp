// When a sleeping learner is stuck, and when it is only patient.
#include "lab/machine/proc.h"
#include "lab/watch/supervisor.h"
#include "recorded.h"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <gtest/gtest-spi.h>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <thread>
#include <unistd.h>

using namespace lab;

namespace {

// Sleepers who wake up by themselves after 150 ms must not be called stuck, however short the patience of the test.
constexpr Limits strict{.stuck = 40ms};
constexpr timeval a_moment{0, 150'000};
constexpr timespec the_same_moment{0, 150'000'000};

char inbox[64];

void listens(sockaddr_in& address, int& fd)
{
    socklen_t size = sizeof address;
    fd = ::socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(0, ::listen(fd, 0));
    EXPECT_EQ(0, ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

void fills_a_socket()
{
    const std::span<char> much = too_much();
    EXPECT_EQ(0, ::setsockopt(3, SOL_SOCKET, SO_SNDTIMEO, &a_moment, sizeof a_moment));
    EXPECT_LT(::send(3, much.data(), much.size(), 0), static_cast<ssize_t>(much.size()));
}

void knocks_in_vain()
{
    sockaddr_in address{};
    int listener = -1;
    listens(address, listener);
    const int first = ::socket(AF_INET, SOCK_STREAM, 0), second = ::socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(0, ::connect(first, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    EXPECT_EQ(0, ::setsockopt(second, SOL_SOCKET, SO_SNDTIMEO, &a_moment, sizeof a_moment));
    EXPECT_EQ(-1, ::connect(second, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    EXPECT_EQ(EINPROGRESS, errno);
    for (const int fd : {first, second, listener})
        ::close(fd);
}

void accepts_in_vain()
{
    sockaddr_in address{};
    int listener = -1;
    listens(address, listener);
    EXPECT_EQ(0, ::setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &a_moment, sizeof a_moment));
    EXPECT_EQ(-1, ::accept(listener, nullptr, nullptr));
    EXPECT_EQ(EAGAIN, errno);
    ::close(listener);
}

// A thread of the learner sleeps in recv() until the main thread, after its own timed wait, ends the stream.
template <class Wait>
void waits_beside_a_reader(Wait wait)
{
    std::thread reader{[] { EXPECT_EQ(0, ::recv(3, inbox, 1, 0)); }};
    wait();
    EXPECT_EQ(0, ::shutdown(3, SHUT_RD));
    reader.join();
}

void waits_for_a_timerfd(const itimerspec& when)
{
    const int timer = ::timerfd_create(CLOCK_MONOTONIC, 0), epoll = ::epoll_create1(0);
    epoll_event event{EPOLLIN, {}};
    EXPECT_EQ(0, ::timerfd_settime(timer, 0, &when, nullptr));
    EXPECT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event));
    EXPECT_EQ(1, ::epoll_wait(epoll, &event, 1, -1));
    ::close(timer);
    ::close(epoll);
}

const HostileLearner patient[] = {
    // not hostile at all; and nothing to say against them
    {"RecvWithATimeout",
     [] {
         EXPECT_EQ(0, ::setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, &a_moment, sizeof a_moment));
         EXPECT_EQ(-1, ::recv(3, inbox, 1, 0));
         EXPECT_EQ(EAGAIN, errno);
     },
     ""},
    {"SendWithATimeout", fills_a_socket, ""},
    {"AcceptWithATimeout", accepts_in_vain, ""},
    {"ConnectWithATimeout", knocks_in_vain, ""},
    {"PollWithATimeout",
     [] {
         pollfd p{3, POLLIN, 0};
         EXPECT_EQ(0, ::poll(&p, 1, 150));
     },
     ""},
    {"Nanosleep", [] { EXPECT_EQ(0, ::nanosleep(&the_same_moment, nullptr)); }, ""},
    {"SleepFor", [] { std::this_thread::sleep_for(150ms); }, ""},
    {"SleepUntil", [] { std::this_thread::sleep_until(std::chrono::steady_clock::now() + 150ms); }, ""},
    {"ConditionVariableWaitFor",
     [] {
         waits_beside_a_reader([] {
             std::mutex mutex;
             std::condition_variable never;
             std::unique_lock lock{mutex};
             EXPECT_EQ(std::cv_status::timeout, never.wait_for(lock, 150ms));
         });
     },
     ""},
    {"TimedMutex",
     [] {
         std::timed_mutex mutex;
         const std::scoped_lock lock{mutex};
         waits_beside_a_reader([&] { EXPECT_FALSE(mutex.try_lock_for(150ms)); });
     },
     ""},
    {"Semaphore",
     [] {
         waits_beside_a_reader([] {
             sem_t none;
             timespec until{};
             ::sem_init(&none, 0, 0);
             ::clock_gettime(CLOCK_REALTIME, &until);
             until.tv_sec += (until.tv_nsec + 150'000'000) / 1'000'000'000;
             until.tv_nsec = (until.tv_nsec + 150'000'000) % 1'000'000'000;
             EXPECT_EQ(-1, ::sem_timedwait(&none, &until));
         });
     },
     ""},
    {"Alarm",
     [] {
         struct sigaction action {};
         action.sa_handler = [](int) {};
         ::sigaction(SIGALRM, &action, nullptr);
         const itimerval soon{{0, 0}, a_moment};
         ::setitimer(ITIMER_REAL, &soon, nullptr);
         EXPECT_EQ(-1, ::recv(3, inbox, 1, 0));
         EXPECT_EQ(EINTR, errno);
     },
     ""},
    {"Timerfd",
     [] {
         waits_for_a_timerfd({{0, 0}, the_same_moment});
     },
     ""},
    {"PeriodicTimerfd",
     [] {
         waits_for_a_timerfd({the_same_moment, the_same_moment});
     },
     ""},
};

} // namespace

class Patient : public testing::TestWithParam<HostileLearner> {};

TEST_P(Patient, IsNotCalledStuck)
{
    const Scene scene{.limits = strict, .before = [](Learner& you) {
                          for (const char* what : {"SO_RCVTIMEO", "SO_SNDTIMEO", "SIGALRM"})
                              you.may_change(what);
                      }};
    const Outcome outcome = outcome_of(GetParam().body, scene);
    EXPECT_EQ("", outcome.verdict) << outcome.diagram;
    EXPECT_EQ("", outcome.failures);
}

INSTANTIATE_TEST_SUITE_P(Each, Patient, testing::ValuesIn(patient), name_of_param);

// A timer that is disarmed, or has fired, wakes nobody.
TEST(Stuck, IsWhoRemovedItsTimer)
{
    const Outcome outcome = outcome_of([] {
        const int timer = ::timerfd_create(CLOCK_MONOTONIC, 0);
        const itimerspec late{{0, 0}, {60, 0}}, off{};
        EXPECT_EQ(0, ::timerfd_settime(timer, 0, &late, nullptr));
        EXPECT_EQ(0, ::timerfd_settime(timer, 0, &off, nullptr));
        ::alarm(60);
        ::alarm(0);
        std::uint64_t count = 0;
        (void)!::read(timer, &count, sizeof count);
    });
    EXPECT_EQ("stuck: asleep in read(4), and nothing will ever wake it", outcome.verdict);
}

// After the 200 ms that the kernel may need for what is on its way, and not before.
TEST(Stuck, IsSaidInTime)
{
    const Outcome outcome = outcome_of([] { (void)::recv(3, inbox, 1, 0); });
    EXPECT_EQ("stuck: asleep in recv(3), and nothing will ever wake it", outcome.verdict);
    EXPECT_GE(outcome.wall.count(), 200);
    EXPECT_LT(outcome.took.count(), 500);
}

// Whatever moves starts the 200 ms again.
TEST(Stuck, IsNotWhoIsFed)
{
    Learner you{{}, {.stuck = 60ms}};
    Peer ann = you.wire("ann");
    you.run([] {
        while (::recv(3, inbox, 1, 0) == 1) {
        }
    });
    for (int i = 0; i < 5; ++i) {
        const auto end = std::chrono::steady_clock::now() + 30ms;
        ASSERT_TRUE(you.supervisor().await([=] { return std::chrono::steady_clock::now() > end; }));
        ann.sends("x");
    }
    ann.closes();
    you.finishes();
}

// Both wait for the other: the wait of the peer ends, too.
TEST(Stuck, IsSeenFromThePeer)
{
    Learner you{{}, {.stuck = 60ms}};
    Peer ann = you.wire("ann");
    you.run([] { (void)::recv(3, inbox, 1, 0); });
    EXPECT_EQ("", ann.receives(1));
    EXPECT_EQ("stuck: asleep in recv(3), and nothing will ever wake it", you.verdict());
    EXPECT_NONFATAL_FAILURE(you.finishes(), "stuck: asleep in recv(3)");
    EXPECT_NONFATAL_FAILURE(ann.expects_end(), "nothing");
}

TEST(Stuck, IsWhoSleptWhileManyActed)
{
    Learner you{{}, {.stuck = 60ms}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([] { (void)::recv(3, inbox, 1, 0); });
    for (int i = 0; i < 100; ++i)
        bob.sends("x");
    EXPECT_EQ("", ann.receives(1));
    EXPECT_NONFATAL_FAILURE(you.finishes(), "stuck: asleep in recv(3)");
}
