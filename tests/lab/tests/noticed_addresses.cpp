#include "noticed.h"

#include <array>
#include <cstring>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab {

namespace {

// A UDP socket of 127.0.0.1 that has sent itself `text`, `times` times.
int talks_to_itself(const char* text, int times = 1)
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    ::bind(fd, plain, size);
    ::getsockname(fd, plain, &size);
    ::connect(fd, plain, size);
    for (int i = 0; i < times; ++i)
        (void)::send(fd, text, std::strlen(text), 0);
    return fd;
}

void takes_from(int fd, socklen_t& size)
{
    char bytes[8];
    sockaddr_storage from{};
    (void)::recvfrom(fd, bytes, sizeof bytes, 0, reinterpret_cast<sockaddr*>(&from), &size);
}

// With the port of fd 3's peer, as `order` makes it, and this length.
void connects(std::uint16_t (*order)(std::uint16_t), socklen_t length)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getpeername(3, reinterpret_cast<sockaddr*>(&address), &size);
    address.sin_port = order(ntohs(address.sin_port));
    (void)::connect(::socket(AF_INET, SOCK_DGRAM, 0), reinterpret_cast<sockaddr*>(&address), length);
}
std::uint16_t in_network_order(std::uint16_t port) { return htons(port); }
std::uint16_t as_it_is(std::uint16_t port) { return port; }

addrinfo* asks()
{
    addrinfo hints{}, *list = nullptr;
    hints.ai_flags = AI_NUMERICHOST;
    (void)::getaddrinfo("127.0.0.1", nullptr, &hints, &list);
    return list;
}

addrinfo* kept = nullptr; // so that it is no leak of memory

void sends_with_pktinfo(std::size_t length)
{
    const int fd = talks_to_itself("x");
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in_pktinfo))> room{};
    iovec part{room.data(), 1};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    cmsghdr* const first = CMSG_FIRSTHDR(&message);
    first->cmsg_level = IPPROTO_IP;
    first->cmsg_type = IP_PKTINFO;
    first->cmsg_len = length;
    (void)::sendmsg(fd, &message, 0);
}

} // namespace

std::vector<Noticed> learners_with_addresses()
{
    return {
        {"LengthZero", "the address length of recvfrom(4) went in as 0: no room, so no address came.",
         [] {
             socklen_t size = 0;
             takes_from(talks_to_itself("x"), size);
         }},
        {"LengthTooSmall", "the address length of recvfrom(4) went in as 8, and 16 were needed: the address is cut.",
         [] {
             socklen_t size = 8;
             takes_from(talks_to_itself("x"), size);
         }},
        {"LengthNotReset",
         "the address length of recvfrom(4) is what the last call left in it, 16: set it again before each call.",
         [] {
             socklen_t size = sizeof(sockaddr_storage);
             const int fd = talks_to_itself("x", 2);
             takes_from(fd, size);
             takes_from(fd, size);
         }},
        {"LengthReset", "",
         [] {
             const int fd = talks_to_itself("x", 2);
             for (int i = 0; i < 2; ++i) {
                 socklen_t size = sizeof(sockaddr_storage);
                 takes_from(fd, size);
             }
         }},
        {"LengthOfAnotherFamily", "connect(4) was told that the address has 8 bytes; this family's has 16.",
         [] { connects(in_network_order, 8); }},
        {"PortInHostOrder",
         "the port of connect(4) is the right one with its two bytes swapped: htons() is missing, or there twice.",
         [] { connects(as_it_is, sizeof(sockaddr_in)); }},
        {"PortInNetworkOrder", "", [] { connects(in_network_order, sizeof(sockaddr_in)); }},
        {"ListKept", "the list of getaddrinfo() was not given back: freeaddrinfo() does that, also on the way of an error.",
         [] { kept = asks(); }},
        {"ListGivenBack", "",
         [] {
             ::freeaddrinfo(asks());
             ::freeaddrinfo(asks());
         }},
        {"SpaceForLength", "cmsg_len is 32, which is CMSG_SPACE(); CMSG_LEN() is due, 28.",
         [] { sends_with_pktinfo(CMSG_SPACE(sizeof(in_pktinfo))); }},
        {"LengthForLength", "", [] { sends_with_pktinfo(CMSG_LEN(sizeof(in_pktinfo))); }},
        {"AnswersWhatWasCut",
         "recvfrom(4) had room for a part of the datagram only (MSG_TRUNC), and send(4) follows as if it were whole.",
         [] {
             const int fd = talks_to_itself("a long datagram");
             socklen_t size = sizeof(sockaddr_storage);
             takes_from(fd, size);
             (void)::send(fd, "yes", 3, 0);
         }},
        {"ThrowsAwayWhatWasCut", "",
         [] {
             const int fd = talks_to_itself("a long datagram");
             socklen_t size = sizeof(sockaddr_storage);
             takes_from(fd, size);
         }},
    };
}

} // namespace lab
