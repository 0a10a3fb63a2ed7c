// The calls that make, name, configure and end a descriptor. Descriptor 3 is a wire; 4 is the next free one; 99 is none.
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
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lab {

namespace {

void closes(int fd) { EXPECT_EQ(0, ::close(fd)); }

sockaddr_in loopback(in_port_t port = 0)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = port;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int binds(int type)
{
    const int fd = ::socket(AF_INET, type, 0);
    const sockaddr_in address = loopback();
    EXPECT_EQ(0, ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    return fd;
}

sockaddr_in own_address(int fd)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    EXPECT_EQ(0, ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size));
    return address;
}

// A connection to itself; the listener is 4, the client 5.
void connects_and_accepts(int (*accepts)(int listener))
{
    const int listener = binds(SOCK_STREAM);
    EXPECT_EQ(0, ::listen(listener, 5));
    const sockaddr_in address = own_address(listener);
    const int client = ::socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(0, ::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    closes(accepts(listener));
    EXPECT_EQ(-1, accepts(99));
    closes(client);
    closes(listener);
}

void binds_and_names()
{
    const int one = binds(SOCK_STREAM), other = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in taken = own_address(one);
    EXPECT_EQ(-1, ::bind(other, reinterpret_cast<const sockaddr*>(&taken), sizeof taken));
    closes(one);
    closes(other);
}

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

void closes_both(const int (&ends)[2])
{
    closes(ends[0]);
    closes(ends[1]);
}

} // namespace

std::vector<RecordedCall> calls_on_sockets()
{
    return {
        {Call::socket,
         "socket(AF_INET, SOCK_STREAM)  4\n"
         "socket(AF_INET, SOCK_DGRAM|NONBLOCK)  4\n"
         "socket(AF_UNIX, SOCK_SEQPACKET)  4\n"
         "socket(AF_INET, 9)  -1  ESOCKTNOSUPPORT\n",
         [] {
             closes(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
             closes(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0));
             closes(::socket(AF_UNIX, SOCK_SEQPACKET, 0));
             EXPECT_EQ(-1, ::socket(AF_INET, 9, 0));
         },
         -1, ESOCKTNOSUPPORT},
        {Call::socketpair,
         "socketpair(AF_UNIX, SOCK_DGRAM)  0  4 and 5\n"
         "socketpair(AF_INET, SOCK_STREAM)  -1  EOPNOTSUPP\n",
         [] {
             int ends[2];
             EXPECT_EQ(0, ::socketpair(AF_UNIX, SOCK_DGRAM, 0, ends));
             closes_both(ends);
             EXPECT_EQ(-1, ::socketpair(AF_INET, SOCK_STREAM, 0, ends));
         },
         -1, EOPNOTSUPP},
        {Call::bind,
         "bind(4, 127.0.0.1:0)  0  bound to 127.0.0.1:P\n"
         "bind(5, 127.0.0.1:P)  -1  EADDRINUSE\n",
         binds_and_names, -1, EADDRINUSE},
        {Call::listen,
         "listen(4, 5)  0  listening on 127.0.0.1:P\n"
         "listen(99, 5)  -1  EBADF\n",
         [] {
             const int fd = binds(SOCK_STREAM);
             EXPECT_EQ(0, ::listen(fd, 5));
             closes(fd);
             EXPECT_EQ(-1, ::listen(99, 5));
         },
         -1, EBADF},
        {Call::accept,
         "accept(4)  6  127.0.0.1:Q\n"
         "accept(99)  -1  EBADF\n",
         [] { connects_and_accepts([](int fd) { return ::accept(fd, nullptr, nullptr); }); }, -1, EBADF},
        {Call::accept4,
         "accept4(4, CLOEXEC)  6  127.0.0.1:Q\n"
         "accept4(99, CLOEXEC)  -1  EBADF\n",
         [] { connects_and_accepts([](int fd) { return ::accept4(fd, nullptr, nullptr, SOCK_CLOEXEC); }); }, -1, EBADF},
        {Call::connect,
         "connect(5, 127.0.0.1:P)  0\n"
         "connect(4, 127.0.0.1:1)  -1  ECONNREFUSED\n",
         [] {
             connects_and_accepts([](int fd) { return ::accept(fd, nullptr, nullptr); });
             const sockaddr_in nobody = loopback(htons(1)); // tcpmux: nobody listens there
             const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
             EXPECT_EQ(-1, ::connect(fd, reinterpret_cast<const sockaddr*>(&nobody), sizeof nobody));
             closes(fd);
         },
         -1, ECONNREFUSED},
        {Call::shutdown,
         "shutdown(3, SHUT_RD)  0\n"
         "shutdown(3, SHUT_WR)  0\n"
         "shutdown(3, SHUT_RDWR)  0\n"
         "shutdown(99, SHUT_WR)  -1  EBADF\n",
         [] {
             EXPECT_EQ(0, ::shutdown(3, SHUT_RD));
             EXPECT_EQ(0, ::shutdown(3, SHUT_WR));
             EXPECT_EQ(0, ::shutdown(3, SHUT_RDWR));
             EXPECT_EQ(-1, ::shutdown(99, SHUT_WR));
         },
         -1, EBADF},
        {Call::close,
         "close(3)  0\n"
         "close(3)  -1  EBADF\n",
         [] {
             closes(3);
             EXPECT_EQ(-1, ::close(3));
         },
         -1, EBADF},
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
         "fcntl(3, F_GETFL)  2\n"
         "fcntl(3, F_SETFL, O_NONBLOCK)  0\n"
         "fcntl(3, F_SETFD, FD_CLOEXEC)  0\n"
         "fcntl(3, F_DUPFD, 20)  20\n"
         "fcntl(99, F_GETFD)  -1  EBADF\n",
         [] {
             EXPECT_EQ(O_RDWR, ::fcntl(3, F_GETFL));
             EXPECT_EQ(0, ::fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK));
             EXPECT_EQ(0, ::fcntl(3, F_SETFD, FD_CLOEXEC));
             closes(::fcntl(3, F_DUPFD_CLOEXEC, 20));
             EXPECT_EQ(-1, ::fcntl(99, F_GETFD));
         },
         -1, EBADF},
        {Call::ioctl,
         "ioctl(3)  0\n"
         "ioctl(99)  -1  EBADF\n",
         [] {
             int waiting = 0;
             EXPECT_EQ(0, ::ioctl(3, FIONREAD, &waiting));
             EXPECT_EQ(-1, ::ioctl(99, FIONREAD, &waiting));
         },
         -1, EBADF},
        {Call::setsockopt,
         "setsockopt(3, SO_KEEPALIVE, 1)  0\n"
         "setsockopt(3, TCP_NODELAY, 1)  0\n"
         "setsockopt(3, SO_LINGER, 0 s)  0\n"
         "setsockopt(3, SO_RCVTIMEO, 1500 ms)  0\n"
         "setsockopt(3, 12345, 6, 1)  -1  ENOPROTOOPT\n"
         "setsockopt(99, SO_REUSEADDR, 1)  -1  EBADF\n",
         sets_options, -1, EBADF},
        {Call::getsockopt,
         "getsockopt(3, SO_TYPE)  0  value 1\n"
         "getsockopt(3, SO_ERROR)  0  value 0\n"
         "getsockopt(99, SO_ERROR)  -1  EBADF\n",
         asks_for_options, -1, EBADF},
        {Call::getsockname,
         "getsockname(3)  0  127.0.0.1:P\n"
         "getsockname(99)  -1  EBADF\n",
         [] {
             own_address(3);
             sockaddr_in address{};
             socklen_t size = sizeof address;
             EXPECT_EQ(-1, ::getsockname(99, reinterpret_cast<sockaddr*>(&address), &size));
         },
         -1, EBADF},
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
