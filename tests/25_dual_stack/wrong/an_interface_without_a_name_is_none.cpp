// Mistake: leaves out an interface that has no name
// Caught by: Robust.NamesTheInterfaceOfALinkLocalAddress
// Says: expected  fe80::1%
#include "25_dual_stack/rest.h"

namespace kata {

std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    char text[INET6_ADDRSTRLEN] = "", name[IF_NAMESIZE] = "";
    const bool v6 = host.family() == AF_INET6;
    const void* address =
        v6 ? static_cast<const void*>(&as_ipv6(host).sin6_addr) : &reinterpret_cast<const sockaddr_in&>(host.storage).sin_addr;
    if (::inet_ntop(host.family(), address, text, sizeof text) == nullptr)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    const bool has_name = v6 && ::if_indextoname(as_ipv6(host).sin6_scope_id, name) != nullptr;
    return has_name ? text + ("%" + std::string{name}) : text;
}

} // namespace kata
