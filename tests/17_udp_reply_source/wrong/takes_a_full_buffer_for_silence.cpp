// Mistake: takes an answer that finds no room for one that is lost on the wire, of which nobody hears
// Caught by: Robust.SaysThatThereIsNoRoom
// Says: you returned, and nothing was sent
#include "17_udp_reply_source/udp_reply_source.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <sys/socket.h>
#include <system_error>

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

} // namespace

void enable_pktinfo(int fd)
{
    const int on = 1;
    if (::setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) < 0)
        fail(errno, "setsockopt");
}

Datagram recv_datagram(int fd, std::size_t cap)
{
    Datagram datagram;
    datagram.data.resize(cap);
    alignas(cmsghdr) std::array<std::byte, 512> control;
    iovec piece{datagram.data.data(), cap};
    msghdr message{};
    ssize_t n = -1;
    do {
        message.msg_name = &datagram.from.storage;
        message.msg_namelen = sizeof datagram.from.storage;
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        n = ::recvmsg(fd, &message, 0);
    } while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (n < 0)
        fail(errno, "recvmsg");
    const std::optional<in_addr> local = local_address(message);
    if (!local)
        fail(ENOMSG, "no IP_PKTINFO");
    datagram.local = *local;
    datagram.from.size = message.msg_namelen;
    datagram.truncated = (message.msg_flags & MSG_TRUNC) != 0;
    datagram.data.resize(static_cast<std::size_t>(n));
    return datagram;
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
    if (n < 0 && errno != EAGAIN)
        fail(errno, "sendmsg");
}

} // namespace kata
