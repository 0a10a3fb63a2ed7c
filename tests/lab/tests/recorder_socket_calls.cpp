// The calls that make a socket, connect it and end it. Descriptor 3 is a wire; 4 is the next free one; 99 is none.
#include "recorded.h"

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab {

namespace {

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
    };
}

} // namespace lab
