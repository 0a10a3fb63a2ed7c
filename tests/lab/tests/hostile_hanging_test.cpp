// Learners that never come back: busy, asleep, or waiting for what cannot come.
#include "outcome.h"

#include <arpa/inet.h>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace lab;

namespace {

char buffer[64];

void spins()
{
    for (volatile unsigned long n = 0;;)
        n = n + 1;
}

int listener(int backlog)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    ::listen(fd, backlog); // unbound: the kernel picks the address
    return fd;
}

void connects_to(int listener)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(::socket(AF_INET, SOCK_STREAM, 0), reinterpret_cast<sockaddr*>(&address), size);
}

void handles_nothing(int) {}

void ends_the_stream(Learner&, Peer& ann) { ann.closes(); }

// One learner shows the clock as it is by default (1.5 s of CPU, 2 s in all); the others need not wait for it.
constexpr Limits impatient{.deadline = 400ms, .cpu = 100ms};

const HostileLearner busy[] = {
    {"EndlessLoop", spins, "an endless loop: 1500 ms of CPU time used up"},
    {"EndlessLoopInAThread", [] { std::thread{spins}.join(); }, "an endless loop", {.limits = {.cpu = 100ms}}},
    {"EndlessYield",
     [] {
         for (;;)
             ::sched_yield();
     },
     "an endless loop",
     {.limits = {.cpu = 100ms}}},
    {"EndlessGetsockopt", // a recorded call that is no input or output
     [] {
         int value = 0;
         for (socklen_t size = sizeof value;;)
             ::getsockopt(3, SOL_SOCKET, SO_TYPE, &value, &size);
     },
     "an endless loop",
     {.limits = {.cpu = 100ms}}},
    {"EndlessRecvAtTheEnd",
     [] {
         while (::recv(3, buffer, sizeof buffer, 0) <= 0) {
         }
     },
     "busy loop: 200 calls in a row that moved nothing; the last was recv(3)",
     {.during = ends_the_stream}},
    {"EndlessRecvOfNothing",
     [] {
         while (::recv(3, buffer, 0, 0) == 0) {
         }
     },
     "busy loop: 200 calls in a row that moved nothing; the last was recv(3)",
     {.during = ends_the_stream}},
    {"EndlessPeek", // it sees the same bytes each time
     [] {
         while (::recv(3, buffer, sizeof buffer, MSG_PEEK) < 10) {
         }
     },
     "busy loop: 200 calls in a row that moved nothing; the last was recv(3)",
     {.during = [](Learner&, Peer& ann) { ann.sends("half"); }}},
    {"EndlessPollOnHangup",
     [] {
         for (pollfd p{3, POLLIN, 0};; p.revents = 0)
             ::poll(&p, 1, -1);
     },
     "busy loop: 200 calls in a row that moved nothing; the last was poll(3)",
     {.during = ends_the_stream}},
    {"EndlessEpollOnHangup",
     [] {
         const int epoll = ::epoll_create1(0);
         epoll_event event{};
         ::epoll_ctl(epoll, EPOLL_CTL_ADD, 3, &event); // asks for nothing, and is told of the end again and again
         for (;;)
             ::epoll_wait(epoll, &event, 1, -1);
     },
     "busy loop: 200 calls in a row that moved nothing; the last was epoll_wait(4)",
     {.during = [](Learner&, Peer& ann) { ann.resets(); }}},
    {"EndlessAcceptWithoutDescriptors",
     [] {
         const int fd = listener(1);
         while (::accept(fd, nullptr, nullptr) < 0) {
         }
     },
     "busy loop: 200 calls in a row that moved nothing; the last was accept(4)",
     {.before = [](Learner& you) { you.every(Family::accepting).fails(EMFILE); }}},
    {"EndlessSendOfNothing",
     [] {
         while (::send(3, "", 0, MSG_NOSIGNAL) == 0) {
         }
     },
     "busy loop: 200 calls in a row that moved nothing; the last was send(3)"},
    {"EndlessSendToNobody",
     [] {
         (void)::recv(3, buffer, sizeof buffer, 0);
         while (::send(3, "x", 1, MSG_NOSIGNAL) != 0) {
         }
     },
     "busy loop: 200 calls in a row that moved nothing; the last was send(3)",
     {.during = [](Learner&, Peer& ann) { ann.resets(); }}},
    {"EndlessPollAndRecv",
     [] {
         for (pollfd p{3, POLLIN, 0}; ::poll(&p, 1, -1) == 1;)
             (void)::recv(3, buffer, sizeof buffer, 0);
     },
     "busy loop: 200 calls in a row that moved nothing; the last was ",
     {.during = ends_the_stream}},
    {"EndlessTriesToConnect",
     [] {
         sockaddr_in nobody{};
         nobody.sin_family = AF_INET;
         nobody.sin_port = htons(1); // tcpmux: nobody listens there
         nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
         for (int fd = ::socket(AF_INET, SOCK_STREAM, 0);;)
             ::connect(fd, reinterpret_cast<sockaddr*>(&nobody), sizeof nobody);
     },
     "busy loop: 200 calls in a row that moved nothing; the last was connect(4)"},
    {"EndlessShortSleeps",
     [] {
         for (;;)
             ::usleep(1000);
     },
     "still running after 400 ms",
     {.limits = impatient}},
    {"SegvHandlerThatReturns",
     [] {
         std::signal(SIGSEGV, handles_nothing);
         volatile std::uintptr_t nowhere = 4096;
         *reinterpret_cast<volatile int*>(nowhere) = 1; // again and again
     },
     "an endless loop",
     {.limits = {.cpu = 100ms}}},
    {"IgnoresSigterm",
     [] {
         std::signal(SIGTERM, SIG_IGN);
         std::raise(SIGTERM);
         spins();
     },
     "an endless loop",
     {.limits = {.cpu = 100ms}}},
};

const HostileLearner asleep[] = {
    {"Pause", [] { ::pause(); }, "still running after 2000 ms: asleep, but in no call on a socket"},
    {"PauseWithAllSignalsBlocked",
     [] {
         sigset_t all;
         ::sigfillset(&all);
         ::sigprocmask(SIG_BLOCK, &all, nullptr);
         ::pause();
     },
     "still running after 400 ms: asleep, but in no call on a socket",
     {.limits = impatient}},
    {"LocksTwice",
     [] {
         pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
         ::pthread_mutex_lock(&mutex);
         ::pthread_mutex_lock(&mutex);
     },
     "still running after 400 ms: asleep, but in no call on a socket",
     {.limits = impatient}},
    {"TwoThreadsLockCrosswise",
     [] {
         std::mutex one, other;
         std::condition_variable both;
         std::atomic<int> holding{0};
         const auto takes = [&](std::mutex& first, std::mutex& second) {
             const std::scoped_lock mine{first};
             for (++holding; holding < 2;)
                 ::sched_yield();
             const std::scoped_lock yours{second};
         };
         std::thread thread{[&] { takes(one, other); }};
         takes(other, one);
         thread.join();
     },
     "still running after 400 ms: asleep, but in no call on a socket",
     {.limits = impatient}},
    {"JoinsAThreadThatNeverEnds",
     [] { std::thread{[] { ::pause(); }}.join(); },
     "still running after 400 ms: asleep, but in no call on a socket",
     {.limits = impatient}},
    {"SleepsTooLong", [] { ::sleep(3600); }, "still running after 400 ms: asleep in nanosleep()", {.limits = impatient}},
    {"WaitsTooLongForAnEvent",
     [] {
         pollfd p{3, POLLIN, 0};
         ::poll(&p, 1, 3'600'000);
     },
     "still running after 400 ms: asleep in poll(3)",
     {.limits = impatient}},
    {"RecvOfNothingThatNothingWillWake", [] { (void)::recv(3, buffer, 0, 0); },
     "stuck: asleep in recv(3), and nothing will ever wake it"},
    {"RecvThatNothingWillWake", [] { (void)::recv(3, buffer, sizeof buffer, 0); },
     "stuck: asleep in recv(3), and nothing will ever wake it"},
    {"JoinsAThreadInRecv", [] { std::thread{[] { (void)::recv(3, buffer, sizeof buffer, 0); }}.join(); },
     "stuck: asleep in recv(3), and nothing will ever wake it"},
    {"AcceptThatNobodyWillWake", [] { ::accept(listener(1), nullptr, nullptr); },
     "stuck: asleep in accept(4), and nothing will ever wake it"},
    {"SendThatNobodyReads",
     [] {
         static const std::string much(64U << 20, 'x');
         (void)::send(3, much.data(), much.size(), 0);
     },
     "stuck: asleep in send(3), and nothing will ever wake it"},
    {"ConnectToAFullBacklog",
     [] {
         const int full = listener(0);
         connects_to(full); // the one that a backlog of 0 admits
         connects_to(full);
     },
     "stuck: asleep in connect(6), and nothing will ever wake it"},
    {"StopsItself", [] { std::raise(SIGSTOP); }, "stopped by SIGSTOP, and nothing will ever wake it"},
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Busy, Hostile, testing::ValuesIn(busy), name_of_param);
INSTANTIATE_TEST_SUITE_P(Asleep, Hostile, testing::ValuesIn(asleep), name_of_param);
