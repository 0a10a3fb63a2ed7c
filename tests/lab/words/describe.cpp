#include "lab/words/describe.h"
#include "lab/words/arguments.h"
#include "lab/words/socket_options.h"

#include <cstdio>
#include <fcntl.h>
#include <netdb.h>
#include <string>
#include <sys/socket.h>
#include <vector>

namespace lab {

namespace {

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
           (!cut ? ""
            : e.fds_count == 0
                ? (e.datagram >= 0 && e.address.family != AF_UNIX ? ", control messages cut" : ", descriptors lost")
                : ", others lost");
}

std::string success(const Event& e, PortNames& ports)
{
    switch (family_of(e.call)) {
    case Family::reading:
        if (e.result == 0 && e.datagram < 0)
            return number(0) + (e.args[0] != 0 ? " end of stream" : " as asked");
        return number(e.result) + " " + (e.datagram == 0 || e.result == 0 ? "an empty datagram" : head(e, e.result, 14)) +
               (e.address.family != 0 ? " from " + ports.text(e.address) : "") + control_text(e) + cut_text(e) + gift_text(e);
    case Family::writing:
        if (e.result == 0 && (e.call == Call::sendfile || e.call == Call::splice))
            return number(0) + " the source is at its end";
        return e.result < e.args[0]
                   ? number(e.result) + " took only " + std::to_string(e.result) + " of " + std::to_string(e.args[0])
                   : std::to_string(e.result);
    case Family::accepting: return number(e.result) + (e.address.family != 0 ? " " + ports.text(e.address) : "");
    case Family::waiting:
        if ((e.call == Call::poll || e.call == Call::ppoll) && e.looked_at == 1 && e.result > 0)
            return number(e.result) + " " + poll_events(e.args[2] >> 16);
        return number(e.result) + (e.result == 0      ? " nothing ready"
                                   : e.head_size == 0 ? " ready"
                                                      : " " + looks_text(e, &Looked::ready));
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
        return number(0) + " value " + option_value(e);
    if (e.call == Call::fcntl && e.args[0] == F_GETFL)
        return number(e.result) + ((e.result & O_NONBLOCK) != 0 ? " non-blocking" : " blocking");
    if (e.call == Call::fcntl && e.args[0] == F_GETFD)
        return number(e.result) + (e.result == FD_CLOEXEC ? " FD_CLOEXEC" : " no FD_CLOEXEC");
    if (e.call == Call::socketpair || e.call == Call::pipe || e.call == Call::pipe2)
        return number(0) + " " + std::to_string(e.args[2] >> 16) + " and " + std::to_string(e.args[2] & 0xFFFF);
    if (e.call == Call::getaddrinfo)
        return number(0) + " " + (e.args[0] == 1 ? "1 entry" : std::to_string(e.args[0]) + " entries");
    if (e.call == Call::fork)
        return "a second process";
    return std::to_string(e.result);
}

} // namespace

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
