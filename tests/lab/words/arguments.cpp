#include "lab/words/arguments.h"

#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace lab {

namespace {

struct Flag {
    long bit;
    const char* name;
};

// "A|B", with what has no name as a number; "0" for none.
std::string flags_text(long value, std::initializer_list<Flag> known)
{
    std::string text;
    for (const Flag& flag : known)
        if ((value & flag.bit) != 0) {
            (text += text.empty() ? "" : "|") += flag.name;
            value &= ~flag.bit;
        }
    if (value != 0 || text.empty())
        (text += text.empty() ? "" : "|") += std::to_string(value);
    return text;
}

std::string socket_type(long type)
{
    const long kind = type & 0xF;
    std::string text = kind == SOCK_STREAM      ? "SOCK_STREAM"
                       : kind == SOCK_DGRAM     ? "SOCK_DGRAM"
                       : kind == SOCK_SEQPACKET ? "SOCK_SEQPACKET"
                                                : std::to_string(kind);
    if ((type & SOCK_NONBLOCK) != 0)
        text += "|NONBLOCK";
    return text; // SOCK_CLOEXEC is left out: it is on almost every line and says nothing about the wire
}

std::string family_text(long family)
{
    return family == AF_INET    ? "AF_INET"
           : family == AF_INET6 ? "AF_INET6"
           : family == AF_UNIX  ? "AF_UNIX"
                                : std::to_string(family);
}

std::string message_flags(long flags)
{
    return flags_text(flags, {{MSG_NOSIGNAL, "NOSIGNAL"},
                              {MSG_DONTWAIT, "DONTWAIT"},
                              {MSG_PEEK, "PEEK"},
                              {MSG_WAITALL, "WAITALL"},
                              {MSG_TRUNC, "TRUNC"},
                              {MSG_MORE, "MORE"}});
}

std::string option_text(long level, long option)
{
    struct Option {
        long level, option;
        const char* name;
    };
    for (const Option& o : {Option{SOL_SOCKET, SO_REUSEADDR, "SO_REUSEADDR"},
                            {SOL_SOCKET, SO_REUSEPORT, "SO_REUSEPORT"},
                            {SOL_SOCKET, SO_LINGER, "SO_LINGER"},
                            {SOL_SOCKET, SO_ERROR, "SO_ERROR"},
                            {SOL_SOCKET, SO_TYPE, "SO_TYPE"},
                            {SOL_SOCKET, SO_ACCEPTCONN, "SO_ACCEPTCONN"},
                            {SOL_SOCKET, SO_RCVTIMEO, "SO_RCVTIMEO"},
                            {SOL_SOCKET, SO_SNDTIMEO, "SO_SNDTIMEO"},
                            {SOL_SOCKET, SO_RCVBUF, "SO_RCVBUF"},
                            {SOL_SOCKET, SO_SNDBUF, "SO_SNDBUF"},
                            {SOL_SOCKET, SO_KEEPALIVE, "SO_KEEPALIVE"},
                            {SOL_SOCKET, SO_BROADCAST, "SO_BROADCAST"},
                            {SOL_SOCKET, SO_TIMESTAMP, "SO_TIMESTAMP"},
                            {IPPROTO_TCP, TCP_NODELAY, "TCP_NODELAY"},
                            {IPPROTO_TCP, TCP_USER_TIMEOUT, "TCP_USER_TIMEOUT"},
                            {IPPROTO_TCP, TCP_DEFER_ACCEPT, "TCP_DEFER_ACCEPT"},
                            {IPPROTO_IP, IP_PKTINFO, "IP_PKTINFO"},
                            {IPPROTO_IP, IP_RECVERR, "IP_RECVERR"},
                            {IPPROTO_IP, IP_RECVTTL, "IP_RECVTTL"},
                            {IPPROTO_IP, IP_RECVORIGDSTADDR, "IP_RECVORIGDSTADDR"},
                            {IPPROTO_IPV6, IPV6_V6ONLY, "IPV6_V6ONLY"}})
        if (o.level == level && o.option == option)
            return o.name;
    return std::to_string(level) + ", " + std::to_string(option);
}

std::string option_value(const Event& e)
{
    linger close{};
    timeval time{};
    if (e.args[0] == SOL_SOCKET && e.args[1] == SO_LINGER && e.head_size >= sizeof close) {
        std::memcpy(&close, e.head, sizeof close);
        return close.l_onoff == 0 ? "off" : std::to_string(close.l_linger) + " s";
    }
    if (e.args[0] == SOL_SOCKET && (e.args[1] == SO_RCVTIMEO || e.args[1] == SO_SNDTIMEO) && e.head_size >= sizeof time) {
        std::memcpy(&time, e.head, sizeof time);
        return std::to_string(time.tv_sec * 1000 + time.tv_usec / 1000) + " ms";
    }
    return std::to_string(e.args[2]);
}

std::string fcntl_text(const Event& e)
{
    switch (e.args[0]) {
    case F_GETFL: return "F_GETFL";
    case F_SETFL: return "F_SETFL, " + flags_text(e.args[1] & ~O_RDWR, {{O_NONBLOCK, "O_NONBLOCK"}});
    case F_GETFD: return "F_GETFD";
    case F_SETFD: return "F_SETFD, " + flags_text(e.args[1], {{FD_CLOEXEC, "FD_CLOEXEC"}});
    case F_DUPFD:
    case F_DUPFD_CLOEXEC: return "F_DUPFD, " + std::to_string(e.args[1]);
    default: return std::to_string(e.args[0]);
    }
}

std::string patience_text(long milliseconds) { return milliseconds < 0 ? "for ever" : std::to_string(milliseconds) + " ms"; }

} // namespace

std::string socket_text(long family, long type) { return family_text(family) + ", " + socket_type(type); }

std::string poll_events(long events)
{
    return flags_text(
        events, {{POLLIN, "IN"}, {POLLOUT, "OUT"}, {POLLERR, "ERR"}, {POLLHUP, "HUP"}, {POLLRDHUP, "RDHUP"}, {POLLNVAL, "NVAL"}});
}

std::string head(const Event& e, long size, std::size_t most)
{
    const std::string_view kept{e.head, e.head_size};
    const std::string text = in_quotes(kept, most);
    return static_cast<long>(kept.size()) < size && kept.size() <= most ? text + ".." : text;
}

std::string control_text(const Event& e) { return e.control[0] != 0 ? ", " + std::string{e.control} : ""; }

std::string arguments(const Event& e, PortNames& ports)
{
    const std::string fd = std::to_string(e.fd);
    const std::string flags = e.args[1] == 0 ? "" : ", " + message_flags(e.args[1]);
    switch (e.call) {
    case Call::socket:
    case Call::socketpair: return socket_text(e.args[0], e.args[1]);
    case Call::bind:
    case Call::connect:
        return fd + ", " + (e.address.family != AF_UNSPEC ? ports.text(e.address) : "AF_UNSPEC") +
               (e.address.family == AF_INET6 && e.args[0] < long{sizeof(sockaddr_in6)}
                    ? ", only " + std::to_string(e.args[0]) + " bytes"
                    : "");
    case Call::listen: return fd + ", " + std::to_string(e.args[0]);
    case Call::accept4: return fd + ", " + flags_text(e.args[0], {{SOCK_CLOEXEC, "CLOEXEC"}, {SOCK_NONBLOCK, "NONBLOCK"}});
    case Call::close: return fd;
    case Call::shutdown:
        return fd + ", " +
               (e.args[0] == SHUT_WR     ? "SHUT_WR"
                : e.args[0] == SHUT_RD   ? "SHUT_RD"
                : e.args[0] == SHUT_RDWR ? "SHUT_RDWR"
                                         : "?");
    case Call::dup2:
    case Call::dup3: return fd + ", " + std::to_string(e.args[0]);
    case Call::fcntl: return fd + ", " + fcntl_text(e);
    case Call::setsockopt: return fd + ", " + option_text(e.args[0], e.args[1]) + ", " + option_value(e);
    case Call::getsockopt: return fd + ", " + option_text(e.args[0], e.args[1]);
    case Call::recv:
    case Call::recvfrom: return fd + ", " + plural(static_cast<std::size_t>(e.args[0]), "byte") + flags;
    case Call::read: return fd + ", " + plural(static_cast<std::size_t>(e.args[0]), "byte");
    case Call::recvmsg: return fd + flags;
    case Call::send: return fd + ", " + head(e, e.args[0], 12) + ", " + std::to_string(e.args[0]) + flags;
    case Call::sendto:
    case Call::sendmsg:
        return fd + ", " + head(e, e.args[0], 10) + ", " + std::to_string(e.args[0]) + flags +
               (e.address.family != 0 ? ", " + ports.text(e.address) : "") + control_text(e);
    case Call::write:
    case Call::writev: return fd + ", " + head(e, e.args[0], 12) + ", " + std::to_string(e.args[0]);
    case Call::sendfile:
    case Call::splice: return fd + ", from " + std::to_string(e.args[1]) + ", " + std::to_string(e.args[0]);
    case Call::poll:
    case Call::ppoll:
        if (e.args[0] == 1)
            return std::to_string(e.fd) + ": " + poll_events(e.args[2] & 0xFFFF) + ", " + patience_text(e.args[1]);
        return plural(static_cast<std::size_t>(e.args[0]), "descriptor") + ", " + patience_text(e.args[1]);
    case Call::select:
    case Call::pselect:
    case Call::epoll_wait:
    case Call::epoll_pwait2:
    case Call::epoll_pwait: return (e.fd >= 0 ? fd + ", " : "") + patience_text(e.args[1]);
    case Call::epoll_ctl:
        return fd + ", " +
               (e.args[0] == EPOLL_CTL_ADD   ? "ADD "
                : e.args[0] == EPOLL_CTL_DEL ? "DEL "
                                             : "MOD ") +
               std::to_string(e.args[1]);
    case Call::getaddrinfo: return in_quotes({e.head, e.head_size});
    case Call::nanosleep: return patience_text(e.args[0]);
    case Call::exit:
    case Call::_exit:
    case Call::quick_exit: return std::to_string(e.args[0]);
    case Call::fork:
    case Call::note: return "";
    default: return e.fd >= 0 ? fd : "";
    }
}

} // namespace lab
