// Mistake: writes a link-local address without its interface
// Caught by: Robust.NamesTheInterfaceOfALinkLocalAddress
// Says: expected  fe80::1%lo
#include "25_dual_stack/rest.h"

namespace kata {

std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    char text[INET6_ADDRSTRLEN] = "";
    const void* address = host.family() == AF_INET6 ? static_cast<const void*>(&as_ipv6(host).sin6_addr)
                                                    : &reinterpret_cast<const sockaddr_in&>(host.storage).sin_addr;
    if (::inet_ntop(host.family(), address, text, sizeof text) == nullptr)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    return text;
}

} // namespace kata
