// Mistake: takes all datagrams that wait, and keeps them by the number of the socket, which is another socket's soon
// Caught by: Robust.KeepsNothingOfASocketThatIsGone
// Says: "two"
#include "17_udp_reply_source/udp_reply_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <map>
#include <optional>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

std::optional<in_addr> local_address(msghdr& message)
{
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != IPPROTO_IP || part->cmsg_type != IP_PKTINFO)
            continue;
        in_pktinfo info;
        std::memcpy(&info, CMSG_DATA(part), sizeof info);
        if (info.ipi_spec_dst.s_addr != INADDR_ANY)
            return info.ipi_spec_dst;
    }
    return std::nullopt;
}

Datagram take(int fd, int flags)
{
    Datagram datagram;
    datagram.data.resize(65536);
    alignas(cmsghdr) std::array<std::byte, 512> control;
    iovec piece{datagram.data.data(), datagram.data.size()};
    msghdr message{};
    ssize_t n = -1;
    do {
        message.msg_name = &datagram.from.storage;
        message.msg_namelen = sizeof datagram.from.storage;
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        n = ::recvmsg(fd, &message, flags);
    } while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (n < 0)
        fail(errno, "recvmsg");
    datagram.local = local_address(message).value_or(in_addr{});
    datagram.from.size = message.msg_namelen;
    datagram.data.resize(static_cast<std::size_t>(n));
    return datagram;
}

} // namespace

void enable_pktinfo(int fd)
{
    const int on = 1;
    if (::setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) < 0)
        fail(errno, "setsockopt");
}

Datagram recv_datagram(int fd, std::size_t cap)
{
    static thread_local std::map<int, std::deque<Datagram>> kept;
    std::deque<Datagram>& waiting = kept[fd];
    if (waiting.empty()) {
        waiting.push_back(take(fd, 0));
        for (int there = 0; ::ioctl(fd, FIONREAD, &there) == 0 && there > 0;)
            waiting.push_back(take(fd, MSG_DONTWAIT));
    }
    Datagram next = std::move(waiting.front());
    waiting.pop_front();
    if (next.local.s_addr == INADDR_ANY)
        fail(ENOMSG, "no IP_PKTINFO");
    next.truncated = next.data.size() > cap;
    next.data.resize(std::min(cap, next.data.size()));
    return next;
}

void reply_from(int fd, in_addr local, const Endpoint& to, std::span<const std::byte> data)
{
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(in_pktinfo))> control{};
    iovec piece{const_cast<std::byte*>(data.data()), data.size()};
    msghdr message{};
    message.msg_name = const_cast<sockaddr*>(to.address());
    message.msg_namelen = to.size;
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    in_pktinfo info{};
    info.ipi_spec_dst = local;
    cmsghdr* const part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = IPPROTO_IP;
    part->cmsg_type = IP_PKTINFO;
    part->cmsg_len = CMSG_LEN(sizeof info);
    std::memcpy(CMSG_DATA(part), &info, sizeof info);
    ssize_t n = -1;
    do
        n = ::sendmsg(fd, &message, 0);
    while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (n < 0)
        fail(errno, "sendmsg");
}

} // namespace kata
