// The calls that copy, name and configure a descriptor, and those that make one that is no socket.
#include "recorded.h"

#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lab {

namespace {

void sets_options()
{
    const int on = 1;
    const linger abort{1, 0};
    const timeval time{1, 500'000};
    EXPECT_EQ(0, ::setsockopt(3, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on));
    EXPECT_EQ(0, ::setsockopt(3, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    EXPECT_EQ(0, ::setsockopt(3, SOL_SOCKET, SO_LINGER, &abort, sizeof abort));
    EXPECT_EQ(0, ::setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
    EXPECT_EQ(-1, ::setsockopt(3, 12345, 6, &on, sizeof on));
    EXPECT_EQ(-1, ::setsockopt(99, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
}

void asks_for_options()
{
    int value = 0;
    socklen_t size = sizeof value;
    EXPECT_EQ(0, ::getsockopt(3, SOL_SOCKET, SO_TYPE, &value, &size));
    EXPECT_EQ(0, ::getsockopt(3, SOL_SOCKET, SO_ERROR, &value, &size));
    EXPECT_EQ(-1, ::getsockopt(99, SOL_SOCKET, SO_ERROR, &value, &size));
}

void asks_for_the_peer()
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    EXPECT_EQ(0, ::getpeername(3, reinterpret_cast<sockaddr*>(&address), &size));
    EXPECT_EQ(-1, ::getpeername(99, reinterpret_cast<sockaddr*>(&address), &size));
}

void asks_for_names()
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    EXPECT_EQ(0, ::getsockname(3, reinterpret_cast<sockaddr*>(&address), &size));
    EXPECT_EQ(-1, ::getsockname(99, reinterpret_cast<sockaddr*>(&address), &size));
}

} // namespace

std::vector<RecordedCall> calls_on_descriptors()
{
    return {
        {Call::dup,
         "dup(3)  4\n"
         "dup(99)  -1  EBADF\n",
         [] {
             closes(::dup(3));
             EXPECT_EQ(-1, ::dup(99));
         },
         -1, EBADF},
        {Call::dup2,
         "dup2(3, 40)  40\n"
         "dup2(99, 40)  -1  EBADF\n",
         [] {
             closes(::dup2(3, 40));
             EXPECT_EQ(-1, ::dup2(99, 40));
         },
         -1, EBADF},
        {Call::dup3,
         "dup3(3, 40)  40\n"
         "dup3(3, 3)  -1  EINVAL\n",
         [] {
             closes(::dup3(3, 40, O_CLOEXEC));
             EXPECT_EQ(-1, ::dup3(3, 3, 0));
         },
         -1, EINVAL},
        {Call::fcntl,
         "fcntl(3, F_GETFL)  8194  blocking\n"
         "fcntl(3, F_SETFL, O_NONBLOCK|O_ASYNC)  0\n"
         "fcntl(3, F_SETFD, FD_CLOEXEC)  0\n"
         "fcntl(3, F_DUPFD_CLOEXEC, 20)  20\n"
         "fcntl(99, F_GETFD)  -1  EBADF\n",
         [] {
             EXPECT_EQ(O_RDWR | O_ASYNC, ::fcntl(3, F_GETFL)); // see Learner::hand_over()
             EXPECT_EQ(0, ::fcntl(3, F_SETFL, O_RDWR | O_ASYNC | O_NONBLOCK));
             EXPECT_EQ(0, ::fcntl(3, F_SETFD, FD_CLOEXEC));
             closes(::fcntl(3, F_DUPFD_CLOEXEC, 20));
             EXPECT_EQ(-1, ::fcntl(99, F_GETFD));
         },
         -1, EBADF},
        {Call::ioctl,
         "ioctl(3, FIONREAD)  0\n"
         "ioctl(99, FIONREAD)  -1  EBADF\n",
         [] {
             int waiting = 0;
             EXPECT_EQ(0, ::ioctl(3, FIONREAD, &waiting));
             EXPECT_EQ(-1, ::ioctl(99, FIONREAD, &waiting));
         },
         -1, EBADF},
        {Call::setsockopt,
         "setsockopt(3, SO_KEEPALIVE, 1)  0\n"
         "setsockopt(3, TCP_NODELAY, 1)  0\n"
         "setsockopt(3, SO_LINGER, on, 0 s)  0\n"
         "setsockopt(3, SO_RCVTIMEO, 1500 ms)  0\n"
         "setsockopt(3, level 12345, 6, 1)  -1  ENOPROTOOPT\n"
         "setsockopt(99, SO_REUSEADDR, 1)  -1  EBADF\n",
         sets_options, -1, EBADF},
        {Call::getsockopt,
         "getsockopt(3, SO_TYPE)  0  value SOCK_STREAM\n"
         "getsockopt(3, SO_ERROR)  0  value 0\n"
         "getsockopt(99, SO_ERROR)  -1  EBADF\n",
         asks_for_options, -1, EBADF},
        {Call::getsockname,
         "getsockname(3)  0  127.0.0.1:P\n"
         "getsockname(99)  -1  EBADF\n",
         asks_for_names, -1, EBADF},
        {Call::getpeername,
         "getpeername(3)  0  ann\n"
         "getpeername(99)  -1  EBADF\n",
         asks_for_the_peer, -1, EBADF},
        {Call::pipe, "pipe()  0  4 and 5\n",
         [] {
             int ends[2];
             EXPECT_EQ(0, ::pipe(ends));
             closes_both(ends);
         }},
        {Call::pipe2,
         "pipe2()  0  4 and 5\n"
         "pipe2()  -1  EINVAL\n",
         [] {
             int ends[2];
             EXPECT_EQ(0, ::pipe2(ends, O_CLOEXEC));
             closes_both(ends);
             EXPECT_EQ(-1, ::pipe2(ends, -1));
         },
         -1, EINVAL},
        {Call::eventfd,
         "eventfd()  4\n"
         "eventfd()  -1  EINVAL\n",
         [] {
             closes(::eventfd(2, EFD_NONBLOCK));
             EXPECT_EQ(-1, ::eventfd(0, -1));
         },
         -1, EINVAL},
        {Call::signalfd,
         "signalfd()  4\n"
         "signalfd()  -1  EBADF\n",
         [] {
             sigset_t mask;
             ::sigemptyset(&mask);
             closes(::signalfd(-1, &mask, 0));
             EXPECT_EQ(-1, ::signalfd(99, &mask, 0));
         },
         -1, EBADF},
        {Call::timerfd_create,
         "timerfd_create()  4\n"
         "timerfd_create()  -1  EINVAL\n",
         [] {
             closes(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK));
             EXPECT_EQ(-1, ::timerfd_create(12345, 0));
         },
         -1, EINVAL},
        {Call::timerfd_settime,
         "timerfd_settime(4)  0\n"
         "timerfd_settime(99)  -1  EBADF\n",
         [] {
             const itimerspec soon{{0, 0}, {1, 500'000'000}};
             const int fd = ::timerfd_create(CLOCK_MONOTONIC, 0);
             EXPECT_EQ(0, ::timerfd_settime(fd, 0, &soon, nullptr));
             closes(fd);
             EXPECT_EQ(-1, ::timerfd_settime(99, 0, &soon, nullptr));
         },
         -1, EBADF},
        {Call::fork, "T1 fork()  a second process\n",
         [] {
             const pid_t child = ::fork();
             if (child == 0)
                 ::_exit(0);
             EXPECT_EQ(child, ::waitpid(child, nullptr, 0));
         }},
    };
}

} // namespace lab
