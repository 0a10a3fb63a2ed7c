#include "lab/inside/lent_options.h"
#include "lab/inside/kernel.h"

#include <cstring>
#include <fcntl.h>
#include <linux/errqueue.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

// kernel() below: who is asked behind the recorder's back needs no sanitizer either.
namespace lab {

namespace {

#ifndef SO_BUF_LOCK
#define SO_BUF_LOCK 72 // which buffer sizes somebody has set; since Linux 5.14
#endif

enum class Shape { number, time, linger, text };

struct LentOption {
    int level, number;
    const char* name;
    Shape shape = Shape::number;
};

// Not here: what moves by itself (SO_ERROR, which reading clears; SO_INCOMING_CPU; TCP_INFO, TCP_MAXSEG, TCP_QUICKACK,
// TCP_WINDOW_CLAMP, TCP_TIMESTAMP) and what nobody can set. The sizes of buffers that nobody has set move, too (tcp(7),
// tcp_moderate_rcvbuf): see has_moved().
constexpr LentOption known_options[] = {
    {SOL_SOCKET, SO_BUF_LOCK, "SO_RCVBUF or SO_SNDBUF"},
    {SOL_SOCKET, SO_RCVBUF, "SO_RCVBUF"},
    {SOL_SOCKET, SO_SNDBUF, "SO_SNDBUF"},
    {SOL_SOCKET, SO_RCVTIMEO, "SO_RCVTIMEO", Shape::time},
    {SOL_SOCKET, SO_SNDTIMEO, "SO_SNDTIMEO", Shape::time},
    {SOL_SOCKET, SO_LINGER, "SO_LINGER", Shape::linger},
    {SOL_SOCKET, SO_REUSEADDR, "SO_REUSEADDR"},
    {SOL_SOCKET, SO_REUSEPORT, "SO_REUSEPORT"},
    {SOL_SOCKET, SO_KEEPALIVE, "SO_KEEPALIVE"},
    {SOL_SOCKET, SO_OOBINLINE, "SO_OOBINLINE"},
    {SOL_SOCKET, SO_RCVLOWAT, "SO_RCVLOWAT"},
    {SOL_SOCKET, SO_BROADCAST, "SO_BROADCAST"},
    {SOL_SOCKET, SO_DONTROUTE, "SO_DONTROUTE"},
    {SOL_SOCKET, SO_DEBUG, "SO_DEBUG"},
    {SOL_SOCKET, SO_PRIORITY, "SO_PRIORITY"},
    {SOL_SOCKET, SO_MARK, "SO_MARK"},
    {SOL_SOCKET, SO_BINDTODEVICE, "SO_BINDTODEVICE", Shape::text},
    {SOL_SOCKET, SO_PASSCRED, "SO_PASSCRED"},
    {SOL_SOCKET, SO_PEEK_OFF, "SO_PEEK_OFF"},
    {SOL_SOCKET, SO_TIMESTAMP, "SO_TIMESTAMP"},
    {SOL_SOCKET, SO_TIMESTAMPNS, "SO_TIMESTAMPNS"},
    {SOL_SOCKET, SO_TIMESTAMPING, "SO_TIMESTAMPING"},
    {SOL_SOCKET, SO_RXQ_OVFL, "SO_RXQ_OVFL"},
    {SOL_SOCKET, SO_BUSY_POLL, "SO_BUSY_POLL"},
    {SOL_SOCKET, SO_ZEROCOPY, "SO_ZEROCOPY"},
    {IPPROTO_TCP, TCP_NODELAY, "TCP_NODELAY"},
    {IPPROTO_TCP, TCP_CORK, "TCP_CORK"},
    {IPPROTO_TCP, TCP_KEEPIDLE, "TCP_KEEPIDLE"},
    {IPPROTO_TCP, TCP_KEEPINTVL, "TCP_KEEPINTVL"},
    {IPPROTO_TCP, TCP_KEEPCNT, "TCP_KEEPCNT"},
    {IPPROTO_TCP, TCP_SYNCNT, "TCP_SYNCNT"},
    {IPPROTO_TCP, TCP_LINGER2, "TCP_LINGER2"},
    {IPPROTO_TCP, TCP_DEFER_ACCEPT, "TCP_DEFER_ACCEPT"},
    {IPPROTO_TCP, TCP_USER_TIMEOUT, "TCP_USER_TIMEOUT"},
    {IPPROTO_TCP, TCP_CONGESTION, "TCP_CONGESTION", Shape::text},
    {IPPROTO_TCP, TCP_FASTOPEN, "TCP_FASTOPEN"},
    {IPPROTO_TCP, TCP_NOTSENT_LOWAT, "TCP_NOTSENT_LOWAT"},
    {IPPROTO_IP, IP_TOS, "IP_TOS"},
    {IPPROTO_IP, IP_TTL, "IP_TTL"},
    {IPPROTO_IP, IP_MTU_DISCOVER, "IP_MTU_DISCOVER"},
    {IPPROTO_IP, IP_FREEBIND, "IP_FREEBIND"},
    {IPPROTO_IP, IP_RECVERR, "IP_RECVERR"},
    {IPPROTO_IP, IP_PKTINFO, "IP_PKTINFO"},
    {IPPROTO_IP, IP_RECVTOS, "IP_RECVTOS"},
    {IPPROTO_IP, IP_RECVTTL, "IP_RECVTTL"},
    {IPPROTO_IP, IP_RECVORIGDSTADDR, "IP_RECVORIGDSTADDR"},
    {IPPROTO_IP, IP_MULTICAST_LOOP, "IP_MULTICAST_LOOP"},
    {IPPROTO_IP, IP_MULTICAST_TTL, "IP_MULTICAST_TTL"},
    {IPPROTO_IPV6, IPV6_V6ONLY, "IPV6_V6ONLY"},
    {IPPROTO_IPV6, IPV6_UNICAST_HOPS, "IPV6_UNICAST_HOPS"},
    {IPPROTO_IPV6, IPV6_TCLASS, "IPV6_TCLASS"},
    {IPPROTO_IPV6, IPV6_MTU_DISCOVER, "IPV6_MTU_DISCOVER"},
    {IPPROTO_IPV6, IPV6_RECVERR, "IPV6_RECVERR"},
    {IPPROTO_IPV6, IPV6_RECVPKTINFO, "IPV6_RECVPKTINFO"},
    {IPPROTO_IPV6, IPV6_RECVHOPLIMIT, "IPV6_RECVHOPLIMIT"},
    {IPPROTO_IPV6, IPV6_RECVTCLASS, "IPV6_RECVTCLASS"},
};
constexpr std::size_t option_count = sizeof known_options / sizeof *known_options;
static_assert(option_count <= Lent::most_options);
constexpr std::size_t locks = 0, receive_room = 1, send_room = 2; // in the list above

int number_at(const void* bytes)
{
    int number = 0;
    std::memcpy(&number, bytes, sizeof number);
    return number;
}

std::string words_of(Shape shape, const unsigned char* bytes, unsigned size)
{
    if (shape == Shape::text)
        return size == 0 || bytes[0] == 0
                   ? "nothing"
                   : std::string{reinterpret_cast<const char*>(bytes), ::strnlen(reinterpret_cast<const char*>(bytes), size)};
    if (shape == Shape::linger)
        return "{" + std::to_string(number_at(bytes)) + ", " + std::to_string(number_at(bytes + sizeof(int))) + "}";
    if (shape == Shape::number)
        return std::to_string(size < sizeof(int) ? bytes[0] : number_at(bytes));
    timeval time{};
    std::memcpy(&time, bytes, sizeof time);
    return std::to_string(time.tv_sec * 1000 + time.tv_usec / 1000) + " ms";
}

void compare_flag(long then, long now, long flag, const char* name, int fd, Changes& changes)
{
    if (((then ^ now) & flag) != 0)
        changes.add(name, std::string{name} + ((now & flag) != 0 ? " set" : " cleared") + " on descriptor " + std::to_string(fd));
}

} // namespace

Lent::Lent(int fd) : fd_{fd} { look(); }

bool Lent::look()
{
    struct stat file {};
    if (kernel(SYS_fstat, fd_, &file) != 0)
        return false;
    device_ = file.st_dev;
    file_ = file.st_ino;
    status_ = kernel(SYS_fcntl, fd_, F_GETFL, 0);
    descriptor_ = kernel(SYS_fcntl, fd_, F_GETFD, 0);
    int domain = 0, type = 0;
    socklen_t domain_size = sizeof domain, type_size = sizeof type;
    kernel(SYS_getsockopt, fd_, SOL_SOCKET, SO_DOMAIN, &domain, &domain_size);
    kernel(SYS_getsockopt, fd_, SOL_SOCKET, SO_TYPE, &type, &type_size);
    const bool internet = domain == AF_INET || domain == AF_INET6;
    for (std::size_t i = 0; domain != 0 && i < option_count; ++i) {
        const LentOption& option = known_options[i];
        if ((option.level == IPPROTO_TCP && !(internet && type == SOCK_STREAM)) ||
            (option.level == IPPROTO_IP && domain != AF_INET) || (option.level == IPPROTO_IPV6 && domain != AF_INET6))
            continue;
        socklen_t size = most_bytes;
        if (kernel(SYS_getsockopt, fd_, option.level, option.number, options_[i].bytes, &size) == 0)
            options_[i].size = size;
    }
    return true;
}

void Lent::compare(Changes& changes) const
{
    const Lent now{fd_};
    if (file_ == now.file_ && device_ == now.device_)
        compare_with(now, changes);
}

void Lent::compare_with(const Lent& now, Changes& changes) const
{
    compare_flag(descriptor_, now.descriptor_, FD_CLOEXEC, "FD_CLOEXEC", now.fd_, changes);
    compare_flag(status_, now.status_, O_NONBLOCK, "O_NONBLOCK", now.fd_, changes);
    compare_flag(status_, now.status_, O_ASYNC, "O_ASYNC", now.fd_, changes);
    compare_flag(status_, now.status_, O_APPEND, "O_APPEND", now.fd_, changes);
    const int locked = number_at(options_[locks].bytes) & number_at(now.options_[locks].bytes);
    for (std::size_t i = 0; i < option_count; ++i) {
        const Value &then = options_[i], &is = now.options_[i];
        const bool moves =
            (i == receive_room && (locked & 2) == 0) || (i == send_room && (locked & 1) == 0); // SOCK_RCVBUF_LOCK...
        if (then.size == 0 || is.size == 0 || moves ||
            (then.size == is.size && std::memcmp(then.bytes, is.bytes, then.size) == 0))
            continue;
        const LentOption& option = known_options[i];
        const std::string of = std::string{option.name} + " of descriptor " + std::to_string(now.fd_);
        changes.add(option.name, i == locks ? of + " set"
                                            : of + " at " + words_of(option.shape, is.bytes, is.size) + " (it was " +
                                                  words_of(option.shape, then.bytes, then.size) + ")");
    }
}

} // namespace lab
