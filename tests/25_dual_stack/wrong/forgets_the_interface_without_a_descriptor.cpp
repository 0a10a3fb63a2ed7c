// Mistake: looks the interface up, and drops it when the lookup fails for want of a descriptor
// Caught by: Robust.HasNoSecondTextWithoutADescriptor
// Says: fe80::1%lo, or an errno
#include "25_dual_stack/rest.h"

namespace kata {

std::string canonical_ip(const Endpoint& endpoint)
{
    const Endpoint host = canonical(endpoint);
    if (host.family() != AF_INET && host.family() != AF_INET6)
        throw std::invalid_argument{"canonical_ip: no IP address"};
    char text[INET6_ADDRSTRLEN] = "", name[IF_NAMESIZE] = "";
    const sockaddr_in6& in6 = as_ipv6(host);
    if (host.family() == AF_INET)
        return ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(host.storage).sin_addr, text, sizeof text);
    std::string ip = ::inet_ntop(AF_INET6, &in6.sin6_addr, text, sizeof text);
    if (in6.sin6_scope_id == 0)
        return ip;
    if (::if_indextoname(in6.sin6_scope_id, name) != nullptr)
        ip += std::string{"%"} + name;
    else if (errno == ENXIO)
        ip += "%" + std::to_string(in6.sin6_scope_id);
    return ip;
}

} // namespace kata
