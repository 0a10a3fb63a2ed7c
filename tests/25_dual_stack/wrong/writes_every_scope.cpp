// Mistake: writes the interface behind every IPv6 address with a scope id: one host has two texts
// Caught by: Robust.NamesTheInterfaceOfALinkLocalAddress
// Says: came      2001:db8::1%lo
#include "25_dual_stack/rest.h"

namespace kata {

std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    char text[INET6_ADDRSTRLEN] = "";
    const bool v6 = host.family() == AF_INET6;
    const void* address =
        v6 ? static_cast<const void*>(&as_ipv6(host).sin6_addr) : &reinterpret_cast<const sockaddr_in&>(host.storage).sin_addr;
    if (::inet_ntop(host.family(), address, text, sizeof text) == nullptr)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    return v6 && as_ipv6(host).sin6_scope_id != 0 ? text + ("%" + interface_of(as_ipv6(host).sin6_scope_id)) : text;
}

} // namespace kata
