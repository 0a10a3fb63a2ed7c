// Mistake: turns the IPv4 peer of an IPv6 socket into an IPv4 address, because people know that better
// Caught by: Robust.NamesAMappedAddressAsItIs
// Says: came      127.0.0.1:9
#include "02_address/rest.h"

#include <cstring>

namespace kata {

Endpoint peer_endpoint(int fd)
{
    Endpoint peer;
    peer.size = sizeof peer.storage;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size) < 0)
        throw std::system_error{errno, std::generic_category(), "getpeername"};
    const sockaddr_in6 in6 = reinterpret_cast<const sockaddr_in6&>(peer.storage);
    if (peer.family() != AF_INET6 || !IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr))
        return peer;
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = in6.sin6_port;
    std::memcpy(&in.sin_addr, &in6.sin6_addr.s6_addr[12], sizeof in.sin_addr);
    Endpoint mapped;
    std::memcpy(&mapped.storage, &in, mapped.size = sizeof in);
    return mapped;
}

} // namespace kata
