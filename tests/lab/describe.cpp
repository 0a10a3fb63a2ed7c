#include "lab/describe.h"

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <vector>

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

std::string poll_events(long events)
{
    return flags_text(
        events, {{POLLIN, "IN"}, {POLLOUT, "OUT"}, {POLLERR, "ERR"}, {POLLHUP, "HUP"}, {POLLRDHUP, "RDHUP"}, {POLLNVAL, "NVAL"}});
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
                            {IPPROTO_TCP, TCP_NODELAY, "TCP_NODELAY"},
                            {IPPROTO_TCP, TCP_USER_TIMEOUT, "TCP_USER_TIMEOUT"},
                            {IPPROTO_TCP, TCP_DEFER_ACCEPT, "TCP_DEFER_ACCEPT"},
                            {IPPROTO_IP, IP_PKTINFO, "IP_PKTINFO"},
                            {IPPROTO_IP, IP_RECVERR, "IP_RECVERR"},
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

std::string head(const Event& e, long size, std::size_t most)
{
    const std::string_view kept{e.head, e.head_size};
    const std::string text = in_quotes(kept, most);
    return static_cast<long>(kept.size()) < size && kept.size() <= most ? text + ".." : text;
}

std::string patience_text(long milliseconds) { return milliseconds < 0 ? "for ever" : std::to_string(milliseconds) + " ms"; }

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
               (e.address.family != 0 ? ", " + ports.text(e.address) : "");
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

std::string number(long n)
{
    char text[24];
    std::snprintf(text, sizeof text, "%-5ld", n);
    return text;
}

// What the kernel threw away of a datagram; the return value tells it only to those who ask with MSG_TRUNC.
std::string cut_text(const Event& e)
{
    const bool has_size = e.call == Call::recv || e.call == Call::recvfrom || e.call == Call::read;
    const bool told = has_size ? e.datagram > e.args[0] : e.call == Call::recvmsg && (e.args[2] & MSG_TRUNC) != 0;
    return e.result < e.datagram ? ", cut from " + std::to_string(e.datagram) : told ? ", cut" : "";
}

// " and descriptor 6", which a message brought along.
std::string gift_text(const Event& e)
{
    const std::string first = std::to_string(e.fds_first), last = std::to_string(e.fds_first + e.fds_count - 1);
    const bool cut = e.call == Call::recvmsg && (e.args[2] & MSG_CTRUNC) != 0;
    return (e.fds_count == 0   ? ""
            : e.fds_count == 1 ? " and descriptor " + first
                               : " and descriptors " + first + " to " + last) +
           (!cut               ? ""
            : e.fds_count == 0 ? ", descriptors lost"
                               : ", others lost");
}

std::string success(const Event& e, PortNames& ports)
{
    switch (family_of(e.call)) {
    case Family::reading:
        if (e.result == 0 && e.datagram < 0)
            return number(0) + (e.args[0] != 0 ? " end of stream" : " as asked");
        return number(e.result) + " " + (e.datagram == 0 || e.result == 0 ? "an empty datagram" : head(e, e.result, 14)) +
               (e.address.family != 0 ? " from " + ports.text(e.address) : "") + cut_text(e) + gift_text(e);
    case Family::writing:
        if (e.result == 0 && (e.call == Call::sendfile || e.call == Call::splice))
            return number(0) + " the source is at its end";
        return e.result < e.args[0]
                   ? number(e.result) + " took only " + std::to_string(e.result) + " of " + std::to_string(e.args[0])
                   : std::to_string(e.result);
    case Family::accepting: return number(e.result) + (e.address.family != 0 ? " " + ports.text(e.address) : "");
    case Family::waiting:
        if ((e.call == Call::poll || e.call == Call::ppoll) && e.args[0] == 1 && e.result > 0)
            return number(e.result) + " " + poll_events(e.args[2] >> 16);
        return e.result == 0 ? number(0) + " nothing ready" : number(e.result) + " ready";
    default: break;
    }
    if (e.call == Call::listen && e.other_address.family != 0)
        return number(0) + " listening on " + ports.text(e.other_address);
    if (e.call == Call::bind && e.other_address.family != 0 && e.address.port == 0)
        return number(0) + " bound to " + ports.text(e.other_address);
    if ((e.call == Call::getsockname || e.call == Call::getpeername) && e.other_address.family != 0)
        return number(0) + " " + ports.text(e.other_address);
    if (e.call == Call::getpeername && e.address.family != 0)
        return number(0) + " " + ports.text(e.address);
    if (e.call == Call::getsockopt)
        return number(0) + " value " + std::to_string(e.args[2]);
    if (e.call == Call::socketpair || e.call == Call::pipe || e.call == Call::pipe2)
        return number(0) + " " + std::to_string(e.args[2] >> 16) + " and " + std::to_string(e.args[2] & 0xFFFF);
    if (e.call == Call::getaddrinfo)
        return number(0) + " " + (e.args[0] == 1 ? "1 entry" : std::to_string(e.args[0]) + " entries");
    if (e.call == Call::fork)
        return "a second process";
    return std::to_string(e.result);
}

} // namespace

std::string socket_text(long family, long type) { return family_text(family) + ", " + socket_type(type); }

std::string short_call(const Event& e)
{
    const bool has_fd = e.fd >= 0 || (e.call != Call::socket && family_of(e.call) != Family::opening);
    const std::string argument = is_leaving(e.call) ? std::to_string(e.args[0]) : has_fd && e.fd >= 0 ? std::to_string(e.fd) : "";
    return std::string{name_of(e.call)} + "(" + argument + ")";
}

std::string call_text(const Event& e, PortNames& ports) { return std::string{name_of(e.call)} + "(" + arguments(e, ports) + ")"; }

std::string result_text(const Event& e, PortNames& ports)
{
    const bool shortened = e.effect == Effect::shortens && e.result >= 0 && e.result < e.args[0];
    const char* mark = e.effect == Effect::fails || shortened ? "  [injected]" : e.effect == Effect::delays ? "  [delayed]" : "";
    if (e.phase == Phase::paused)
        return "held by the test";
    if (e.phase == Phase::asleep)
        return "zzz   still asleep";
    if (e.phase != Phase::returned)
        return is_leaving(e.call) ? "" : "...   never returned";
    if (e.call == Call::getaddrinfo && e.result != 0)
        return number(e.result) + " " + ::gai_strerror(static_cast<int>(e.result));
    return (e.result < 0 ? "-1    " + errno_name(e.error) : is_leaving(e.call) ? "" : success(e, ports)) + mark;
}

Call origin_call(const Arena& arena, int fd)
{
    Call origin = Call::note;
    const std::uint32_t n = arena.count;
    for (std::uint32_t i = 0; i < n; i = arena.next(i)) {
        const Event& e = arena.event(i);
        const Family family = family_of(e.call);
        const bool pair = (e.call == Call::socketpair || e.call == Call::pipe || e.call == Call::pipe2) && e.result == 0;
        const bool copied = e.call == Call::fcntl && (e.args[0] == F_DUPFD || e.args[0] == F_DUPFD_CLOEXEC);
        if (e.who != the_learner || e.phase != Phase::returned)
            continue;
        if (e.fds_count > 0 && fd >= e.fds_first && fd < e.fds_first + e.fds_count)
            origin = e.call;
        if (pair ? e.args[2] >> 16 == fd || (e.args[2] & 0xFFFF) == fd
                 : (family == Family::opening || family == Family::accepting || copied) && e.result == fd)
            origin = e.call;
    }
    return origin;
}

std::string origin_of(const Arena& arena, int fd)
{
    const Call call = origin_call(arena, fd);
    return call == Call::note ? "" : std::string{" (from "} + name_of(call) + ")";
}

} // namespace lab
