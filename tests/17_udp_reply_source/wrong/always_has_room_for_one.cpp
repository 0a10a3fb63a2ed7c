// Mistake: hands the kernel room for one byte where cap is 0: a datagram of one byte is gone, and called whole
// Caught by: Robust.CapMayBeNoneOrMoreThanEnough
// Says: truncated is true for 1 byte, where cap is 0
#include "17_udp_reply_source/udp_reply_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

template <std::size_t Room>
struct Control {
    alignas(cmsghdr) std::array<std::byte, Room> bytes{};
};
constexpr std::size_t pktinfo_room = CMSG_SPACE(sizeof(in_pktinfo));
constexpr std::size_t room_for_others = 256;

bool is_worth_another_try(int error) { return error == EINTR || error == ECONNREFUSED; }

std::optional<in_addr> local_address(msghdr& message)
{
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != IPPROTO_IP || part->cmsg_type != IP_PKTINFO || part->cmsg_len < CMSG_LEN(sizeof(in_pktinfo)))
            continue;
        in_pktinfo info;
        std::memcpy(&info, CMSG_DATA(part), sizeof info);
        if (info.ipi_spec_dst.s_addr == INADDR_ANY)
            return std::nullopt;
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
    datagram.data.resize(std::max<std::size_t>(cap, 1));
    Control<pktinfo_room + room_for_others> control;
    iovec piece{datagram.data.data(), datagram.data.size()};
    msghdr message{};
    ssize_t n = -1;
    do {
        message = {};
        message.msg_name = &datagram.from.storage;
        message.msg_namelen = sizeof datagram.from.storage;
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = control.bytes.data();
        message.msg_controllen = control.bytes.size();
        n = ::recvmsg(fd, &message, 0);
    } while (n < 0 && is_worth_another_try(errno));
    if (n < 0)
        fail(errno, "recvmsg");

    const std::optional<in_addr> local = local_address(message);
    if (!local)
        fail(ENOMSG, "recv_datagram: no IP_PKTINFO came");
    datagram.local = *local;
    datagram.from.size = message.msg_namelen;
    datagram.truncated = (message.msg_flags & MSG_TRUNC) != 0;
    datagram.data.resize(std::min(static_cast<std::size_t>(n), cap));
    return datagram;
}

void reply_from(int fd, in_addr local, const Endpoint& to, std::span<const std::byte> data)
{
    Control<pktinfo_room> control;
    iovec piece{const_cast<std::byte*>(data.data()), data.size()};
    msghdr message{};
    message.msg_name = const_cast<sockaddr*>(to.address());
    message.msg_namelen = to.size;
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();

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
    while (n < 0 && is_worth_another_try(errno));
    if (n < 0)
        fail(errno, "sendmsg");
}

} // namespace kata
