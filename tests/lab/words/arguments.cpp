#include "lab/words/arguments.h"
#include "lab/words/socket_options.h"

#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

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

std::string family_text(long family)
{
    return family == AF_INET    ? "AF_INET"
           : family == AF_INET6 ? "AF_INET6"
           : family == AF_UNIX  ? "AF_UNIX"
                                : std::to_string(family);
}

std::string message_flags(long flags)
{
    return flags_text(flags & 0xFFFFFFFF, {{MSG_NOSIGNAL, "NOSIGNAL"},
                                           {MSG_DONTWAIT, "DONTWAIT"},
                                           {MSG_PEEK, "PEEK"},
                                           {MSG_WAITALL, "WAITALL"},
                                           {MSG_TRUNC, "TRUNC"},
                                           {MSG_MORE, "MORE"},
                                           {MSG_CMSG_CLOEXEC, "CMSG_CLOEXEC"},
                                           {MSG_ERRQUEUE, "ERRQUEUE"},
                                           {MSG_OOB, "OOB"},
                                           {MSG_CTRUNC, "CTRUNC"},
                                           {MSG_EOR, "EOR"},
                                           {MSG_DONTROUTE, "DONTROUTE"},
                                           {MSG_CONFIRM, "CONFIRM"},
                                           {MSG_ZEROCOPY, "ZEROCOPY"},
                                           {MSG_FASTOPEN, "FASTOPEN"}});
}

std::string fcntl_text(const Event& e)
{
    switch (e.args[0]) {
    case F_GETFL: return "F_GETFL";
    case F_SETFL: return "F_SETFL, " + file_flags(e.args[1]);
    case F_GETFD: return "F_GETFD";
    case F_SETFD: return "F_SETFD, " + flags_text(e.args[1], {{FD_CLOEXEC, "FD_CLOEXEC"}});
    case F_DUPFD: return "F_DUPFD, " + std::to_string(e.args[1]);
    case F_DUPFD_CLOEXEC: return "F_DUPFD_CLOEXEC, " + std::to_string(e.args[1]);
    default: return std::to_string(e.args[0]);
    }
}

std::string ioctl_text(long request)
{
    return request == FIONBIO    ? "FIONBIO"
           : request == FIONREAD ? "FIONREAD"
           : request == TIOCOUTQ ? "SIOCOUTQ"
                                 : std::to_string(request);
}

std::string patience_text(long milliseconds) { return milliseconds < 0 ? "for ever" : std::to_string(milliseconds) + " ms"; }

} // namespace

std::string socket_text(long family, long type) { return family_text(family) + ", " + type_text(type); }

std::string type_text(long type)
{
    const long kind = type & 0xF;
    std::string text = kind == SOCK_STREAM      ? "SOCK_STREAM"
                       : kind == SOCK_DGRAM     ? "SOCK_DGRAM"
                       : kind == SOCK_SEQPACKET ? "SOCK_SEQPACKET"
                       : kind == SOCK_RAW       ? "SOCK_RAW"
                                                : std::to_string(kind);
    if ((type & SOCK_NONBLOCK) != 0)
        text += "|NONBLOCK";
    return text; // SOCK_CLOEXEC is left out: it is on almost every line and says nothing about the wire
}

std::string file_flags(long flags)
{
    return flags_text(flags & ~O_RDWR & ~0100000L /* O_LARGEFILE */,
                      {{O_NONBLOCK, "O_NONBLOCK"}, {O_APPEND, "O_APPEND"}, {O_ASYNC, "O_ASYNC"}, {O_WRONLY, "O_WRONLY"}});
}

std::string poll_events(long events) // those of epoll_ctl(2) have the same numbers
{
    return flags_text(events & 0xFFFFFFFF, {{POLLIN, "IN"},
                                            {POLLOUT, "OUT"},
                                            {POLLERR, "ERR"},
                                            {POLLHUP, "HUP"},
                                            {POLLRDHUP, "RDHUP"},
                                            {POLLNVAL, "NVAL"},
                                            {POLLPRI, "PRI"},
                                            {EPOLLET, "ET"},
                                            {EPOLLONESHOT, "ONESHOT"},
                                            {EPOLLEXCLUSIVE, "EXCLUSIVE"}});
}

std::string looks_text(const Event& e, short Looked::*events)
{
    Looked looked[Looked::most];
    std::memcpy(looked, e.head, e.head_size);
    std::string text;
    for (std::size_t i = 0; i < e.head_size / sizeof *looked; ++i)
        if (events == &Looked::asked || looked[i].*events != 0)
            text += (text.empty() ? "" : ", ") + std::to_string(looked[i].fd) + ": " + poll_events(looked[i].*events & 0xFFFF);
    return text + (e.looked_at > static_cast<int>(Looked::most) ? ", .." : "");
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
    case Call::select:
    case Call::pselect:
        return (e.looked_at > 0 ? looks_text(e, &Looked::asked) : "no descriptor") + ", " + patience_text(e.args[1]);
    case Call::epoll_wait:
    case Call::epoll_pwait2:
    case Call::epoll_pwait: return (e.fd >= 0 ? fd + ", " : "") + patience_text(e.args[1]);
    case Call::epoll_ctl:
        return fd + ", " +
               (e.args[0] == EPOLL_CTL_ADD   ? "ADD "
                : e.args[0] == EPOLL_CTL_DEL ? "DEL "
                                             : "MOD ") +
               std::to_string(e.args[1]) + (e.args[0] == EPOLL_CTL_DEL ? "" : ": " + poll_events(e.args[2]));
    case Call::ioctl: return fd + ", " + ioctl_text(e.args[0]);
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
