// Learners that return, but leave something behind: descriptors, processes, threads.
#include "outcome.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <thread>
#include <unistd.h>

using namespace lab;

namespace {

void leaks_an_accepted_client()
{
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    ::listen(listener, 1);
    ::accept(listener, nullptr, nullptr);
    ::close(listener);
}

void starts_a_daemon()
{
    if (::fork() != 0)
        return;
    ::setsid();
    if (::fork() == 0)
        ::pause();
    ::_exit(0);
}

const HostileLearner descriptors[] = {
    {"Socket", [] { ::socket(AF_INET, SOCK_STREAM, 0); }, "leaked a descriptor: 4 (from socket)"},
    {"Accept",
     leaks_an_accepted_client,
     "leaked a descriptor: 5 (from accept)",
     {.during = [](Learner& you, Peer&) { you.connect("bob").closes(); }}},
    {"Dup", [] { (void)!::dup(3); }, "leaked a descriptor: 4 (from dup)"},
    {"Dup2", [] { ::dup2(3, 40); }, "leaked a descriptor: 40 (from dup2)"},
    {"FcntlDupfd", [] { ::fcntl(3, F_DUPFD, 20); }, "leaked a descriptor: 20 (from fcntl)"},
    {"Pipe",
     [] {
         int ends[2];
         (void)!::pipe(ends);
     },
     "leaked 2 descriptors: 4 (from pipe), 5 (from pipe)"},
    {"Socketpair",
     [] {
         int ends[2];
         ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
     },
     "leaked 2 descriptors: 4 (from socketpair), 5 (from socketpair)"},
    {"Epoll", [] { ::epoll_create1(0); }, "leaked a descriptor: 4 (from epoll_create1)"},
    {"Eventfd", [] { ::eventfd(0, 0); }, "leaked a descriptor: 4 (from eventfd)"},
    {"Timerfd", [] { ::timerfd_create(CLOCK_MONOTONIC, 0); }, "leaked a descriptor: 4 (from timerfd_create)"},
    {"File", [] { (void)!::open("/dev/null", O_RDONLY); }, "leaked a descriptor: 4"},
    {"AboveItsOldLimit",
     [] {
         const rlimit most{1024, 1024};
         if (::setrlimit(RLIMIT_NOFILE, &most) < 0 || ::dup2(3, 1000) < 0) // needs CAP_SYS_RESOURCE
             ::dup2(3, 40);
     },
     "leaked a descriptor: "},
    {"BelowItsNewLimit", // too few to open /proc
     [] {
         ::dup2(3, 40);
         const rlimit few{3, 3};
         ::setrlimit(RLIMIT_NOFILE, &few);
     },
     "leaked a descriptor: 40 (from dup2)"},
    {"InPlaceOfStandardInput",
     [] {
         ::close(0);
         ::socket(AF_INET, SOCK_STREAM, 0);
     },
     "leaked a descriptor: 0 (from socket)"},
    {"InPlaceOfStandardOutput", [] { ::dup2(3, 1); }, "leaked a descriptor: 1 (from dup2)"},
    {"ClosesThemAll",
     [] {
         for (int fd = 0; fd < 1024; ++fd)
             ::close(fd);
     },
     "closed descriptors that it did not open: 1, 2"},
    {"ClosesARange", [] { ::close_range(0, ~0U, 0); }, "closed descriptors that it did not open: 1, 2"},
    {"ClosesStandardError", [] { ::close(2); }, "closed a descriptor that it did not open: 2"},
};

const HostileLearner others[] = {
    {"ForksAndBothReturn", [] { (void)!::fork(); }, "your function forked and returned twice, once in each process"},
    {"ForksAndBothThrow",
     [] {
         (void)!::fork();
         throw 1;
     },
     "threw int"},
    {"ChildLivesOn",
     [] {
         if (::fork() == 0)
             ::pause();
     },
     "your function returned, but a process that it forked still ran"},
    {"ChildLeavesTheGroup",
     [] {
         if (::fork() == 0) {
             ::setpgid(0, 0);
             ::pause();
         }
     },
     "your function returned, but a process that it forked still ran"},
    {"ChildSpins",
     [] {
         if (::fork() == 0)
             for (volatile unsigned long n = 0;;)
                 n = n + 1;
     },
     "your function returned, but a process that it forked still ran"},
    {"ChildIgnoresSignals",
     [] {
         if (::fork() == 0) {
             std::signal(SIGTERM, SIG_IGN);
             std::signal(SIGHUP, SIG_IGN);
             ::pause();
         }
     },
     "your function returned, but a process that it forked still ran"},
    {"Daemon", starts_a_daemon, "your function returned, but a process that it forked still ran"},
    {"SpawnedProgram",
     [] {
         pid_t process = 0;
         char name[] = "sleep", time[] = "60";
         char* arguments[] = {name, time, nullptr};
         ::posix_spawn(&process, "/bin/sleep", nullptr, nullptr, arguments, environ);
     },
     "your function returned, but a process that it forked still ran"},
    {"DetachedThread", [] { std::thread{[] { ::pause(); }}.detach(); },
     "your function returned, but a thread that it started still runs"},
    {"DetachedThreadThatSpins",
     [] {
         std::thread{[] {
             for (volatile unsigned long n = 0;;)
                 n = n + 1;
         }}.detach();
     },
     "your function returned, but a thread that it started still runs"},
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Leaks, Hostile, testing::ValuesIn(descriptors), name_of_param);
INSTANTIATE_TEST_SUITE_P(LeavesBehind, Hostile, testing::ValuesIn(others), name_of_param);
